import { create, find, setText, showState } from "../../page/dom.ts";
import { format, texts } from "../../text.ts";
import type { Stop } from "./outcomes.ts";
import { wordsOf, type StopWords } from "./stops.ts";

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

/** The same again. */
export interface Retry {
  readonly act: () => void;
  /** Whether it may be done without being asked for, once the server has time: nothing is taken by it. */
  readonly byItself: boolean;
}

let waiting: ReturnType<typeof setInterval> | undefined;

/** Why it goes no further, and what there is to do: the same again, or with another link. */
export function showStop(stop: Stop, retry: Retry | null, otherLink: () => void): void {
  clearInterval(waiting);
  const words = wordsOf(stop);
  setText(element("stop-title"), words.title);
  setText(element("stop-what"), words.what);
  setText(element("stop-now"), words.now);
  element("stop-facts").replaceChildren(...(words.at === null ? [] : fact(texts.problems.when, moment(words.at))));
  button("retry").hidden = !words.retry || retry === null;
  button("retry").onclick = () => {
    clearInterval(waiting);
    retry?.act();
  };
  if (words.wait > 0 && retry !== null) {
    showWaiting(words, retry);
  }
  button("other-link").hidden = !words.otherLink;
  button("other-link").onclick = otherLink;
  showState(document, "stopped");
}

/** For how long to wait, from second to second where the page then goes on by itself. */
function showWaiting({ wait, now }: StopWords, { act, byItself }: Retry): void {
  if (!byItself) {
    setText(element("stop-now"), `${texts.problems.wait(format.timeLeft(wait))} ${now}`);
    return;
  }
  const end = Date.now() + wait * 1000;
  const tick = (): void => {
    const left = Math.ceil((end - Date.now()) / 1000);
    setText(element("stop-now"), `${texts.problems.waiting(format.timeLeft(left))} ${now}`);
    if (left <= 0) {
      clearInterval(waiting);
      act();
    }
  };
  waiting = setInterval(tick, 1000);
  tick();
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
