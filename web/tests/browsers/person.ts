import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds for what takes as long as the machine needs: starting a browser, sealing, sending, saving. */
export const patience = 60_000;

/** Somebody with a browser of their own, who knows the pages by what stands on them. */
export interface Person {
  open(link: string): Promise<void>;
  choose(...files: readonly string[]): Promise<void>;
  type(label: string, text: string): Promise<void>;
  click(button: string): Promise<void>;
  sees(text: string): Promise<void>;
  /** What stands in a field, once it is there. */
  reads(label: string): Promise<string>;
  /** What has been saved under this name, once it is whole. */
  saved(name: string, length: number): Promise<Buffer>;
  leave(): Promise<void>;
}

// What a page does not show now is in a state that is hidden.
const shown = "[not(ancestor-or-self::*[@hidden])]";

export const buttonCalled = (name: string): string =>
  `//button[@aria-label="${name}" or (not(@aria-label) and normalize-space()="${name}")]${shown}`;

export const fieldCalled = (label: string): string =>
  `//*[@id=//label[starts-with(normalize-space(), "${label}")]/@for]${shown}`;

export const textOf = (text: string): string => `//body//*[text()[contains(normalize-space(), "${text}")]]${shown}`;

export const fileField = '//input[@type="file"]';

export async function savedIn(folder: string, name: string, length: number): Promise<Buffer> {
  const path = join(folder, name);
  const end = Date.now() + patience;
  while (Date.now() < end && (await stat(path).catch(() => null))?.size !== length) {
    await delay(50);
  }
  return readFile(path);
}
