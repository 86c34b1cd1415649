import { create, find, setText, showState } from "../../page/dom.ts";
import { format, texts } from "../../text.ts";
import type { Stop } from "./outcomes.ts";
import { wordsOf } from "./stops.ts";

export function element(id: string): HTMLElement {
  return find(document, `#${id}`, HTMLElement);
}

export function button(id: string): HTMLButtonElement {
  return find(document, `#${id}`, HTMLButtonElement);
}

export function input(id: string): HTMLInputElement {
  return find(document, `#${id}`, HTMLInputElement);
}

export function show(state: "done" | "files" | "key" | "offer" | "passphrase" | "resume" | "text"): void {
  showState(document, state);
}

/** Something is under way that the visitor need not do anything about. */
export function showBusy(title: string, note: string): void {
  setText(element("busy-title"), title);
  setText(element("busy-note"), note);
  showState(document, "busy");
}

/** Why it goes no further, and what there is to do: the same again, or with another link. */
export function showStop(stop: Stop, retry: (() => void) | null, otherLink: () => void): void {
  const words = wordsOf(stop, format);
  setText(element("stop-title"), words.title);
  setText(element("stop-what"), words.what);
  setText(element("stop-now"), words.now);
  element("stop-facts").replaceChildren(...(words.at === null ? [] : fact(texts.problems.when, moment(words.at))));
  button("retry").hidden = !words.retry || retry === null;
  button("retry").onclick = retry;
  button("other-link").hidden = !words.otherLink;
  button("other-link").onclick = otherLink;
  showState(document, "stopped");
}

export function fact(term: string, value: Node | string): readonly Node[] {
  return [create("dt", {}, term), create("dd", {}, value)];
}

export function moment(time: Date): HTMLElement {
  return create("time", { datetime: time.toISOString() }, format.moment(time));
}

/** A name, which is hostile: text alone, and in a direction of its own. */
export function nameElement(name: string): HTMLElement {
  return create("bdi", { class: "file-name mono" }, name);
}
