import type { Receipt, ReceiptOutcome } from "../api/answers.ts";

/** Seconds between two looks: soon after something has happened, and ever less often while nothing does. */
const shortest = 3;
const longest = 30;

/** When to look again; null where there will be no news, since the share has ended or there is none. */
export class NextLook {
  #seconds = shortest;
  #last = "";

  after(outcome: ReceiptOutcome): number | null {
    switch (outcome.kind) {
      case "receipt":
        return hasEnded(outcome.receipt) ? null : this.#afterReceipt(JSON.stringify(outcome.receipt));
      case "rate-limited":
      case "unavailable":
        return Math.max(this.#later(), outcome.retryAfter);
      case "no-answer":
        return this.#later();
      case "not-found":
      case "unexpected":
        return null;
    }
  }

  #afterReceipt(receipt: string): number {
    if (receipt !== this.#last) {
      this.#last = receipt;
      this.#seconds = shortest;
    }
    return this.#later();
  }

  #later(): number {
    const now = this.#seconds;
    this.#seconds = Math.min(longest, now * 1.5);
    return now;
  }
}

/** Whether nothing more can happen to the share. */
export function hasEnded({ state }: Receipt): boolean {
  return state !== "pending" && state !== "claimed";
}
