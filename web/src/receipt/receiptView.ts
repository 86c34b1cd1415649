import type { Receipt } from "../api/answers.ts";
import type { ShareId } from "../envelope/shareId.ts";
import { create, find, setText } from "../page/dom.ts";
import { say } from "../page/say.ts";
import { format, texts } from "../text.ts";
import { hasEnded } from "./nextLook.ts";

const marks = {
  pending: "",
  locked: "state-failed",
  claimed: "",
  delivered: "state-done",
  unconfirmed: "",
  expired: "",
  burned: "",
} as const;

/** Shows a receipt, and tells what has changed since the last one. */
export class ReceiptView {
  readonly #id: string;
  readonly #state: HTMLElement;
  readonly #meaning: HTMLElement;
  readonly #facts: HTMLElement;
  readonly #allow: HTMLElement;
  readonly #burning: HTMLElement;
  #shown = "";

  /** The id is for paper, where nothing else tells one receipt from another. It opens nothing. */
  constructor(root: ParentNode, id: ShareId) {
    this.#id = id.toString();
    this.#state = find(root, "#state", HTMLElement);
    this.#meaning = find(root, "#meaning", HTMLElement);
    this.#facts = find(root, "#facts", HTMLElement);
    this.#allow = find(root, "#allow", HTMLElement);
    this.#burning = find(root, "#burning", HTMLElement);
  }

  show(receipt: Receipt): void {
    const state = receipt.state === "pending" && receipt.locked ? "locked" : receipt.state;
    this.#facts.replaceChildren(...this.#factsOf(receipt));
    this.#allow.hidden = receipt.state !== "pending" || receipt.failedAttempts === 0;
    this.#burning.hidden = hasEnded(receipt);
    if (this.#shown !== state) {
      this.#showState(state);
    }
    this.#keepFocus();
  }

  #showState(state: keyof typeof marks): void {
    const words = texts.receipt.states[state];
    setText(this.#state, words.title);
    setText(this.#meaning, words.meaning);
    this.#state.className = `state ${marks[state]}`;
    document.title = `${words.title} - OneTimeShare`;
    if (this.#shown !== "") {
      say(`${words.title}. ${words.meaning}`);
    }
    this.#shown = state;
  }

  // Whoever stood on a button that has gone stands on what has become of it.
  #keepFocus(): void {
    if ([this.#allow, this.#burning].some((gone) => gone.hidden && gone.contains(document.activeElement))) {
      this.#state.tabIndex = -1;
      this.#state.focus();
    }
  }

  #factsOf({ state, createdAt, claimedAt, endedAt, expiresAt, failedAttempts }: Receipt): readonly HTMLElement[] {
    const words = texts.receipt;
    return [
      ...this.#moment(words.createdAt, createdAt),
      ...this.#moment(words.claimedAt, claimedAt),
      ...this.#moment(words.endedAt, endedAt),
      ...this.#moment(state === "expired" ? words.expiredAt : words.expiresAt, expiresAt),
      create("dt", {}, words.failedAttempts),
      create("dd", {}, format.number(failedAttempts)),
      create("dt", {}, words.share),
      create("dd", { class: "mono" }, this.#id),
    ];
  }

  #moment(name: string, time: Date | null): readonly HTMLElement[] {
    return time === null
      ? []
      : [
          create("dt", {}, name),
          create("dd", {}, create("time", { datetime: time.toISOString() }, format.moment(time))),
        ];
  }
}
