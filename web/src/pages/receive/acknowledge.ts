import { say } from "../../page/say.ts";
import { texts } from "../../text.ts";
import { element, show } from "./states.ts";
import type { Taking } from "./taking.ts";

/** "I have it": the server deletes it at once, and the page says so. */
export async function acknowledge(taking: Taking, act: HTMLButtonElement, error: HTMLElement): Promise<boolean> {
  act.disabled = true;
  error.textContent = "";
  say(texts.receive.acknowledging);
  const outcome = await taking.acknowledge();
  act.disabled = false;
  if (outcome.kind !== "ended") {
    error.textContent = texts.receive.notAcknowledged;
    return false;
  }
  return true;
}

/** Says that it is deleted; with a text, from this page as well. */
export function showDone(text: boolean): void {
  element("done-text").hidden = !text;
  show("done");
}
