import type { Trouble } from "./refusal.ts";

/** What passes by itself, so that the same request again is the answer to it. */
export type Passing = Exclude<Trouble, { readonly kind: "unexpected" }>;

export type Pause = (seconds: number, signal: AbortSignal) => Promise<void>;

/** Asks again what met with trouble that passes, ever less often, until there is an answer or nobody waits for it. */
export class Patience {
  readonly #signal: AbortSignal;
  readonly #onWaiting: (why: Passing, seconds: number) => void;
  readonly #pause: Pause;
  #breaks = 0;

  constructor(
    signal: AbortSignal,
    onWaiting: (why: Passing, seconds: number) => void,
    pause: Pause = pauseUntilOnline,
  ) {
    this.#signal = signal;
    this.#onWaiting = onWaiting;
    this.#pause = pause;
  }

  /** The first answer that is one. Throws the signal's reason once that has aborted. */
  async ask<T extends { readonly kind: string }>(act: () => Promise<T>): Promise<Exclude<T, Passing>> {
    for (;;) {
      const outcome = await act();
      if (!isPassing(outcome)) {
        this.#breaks = 0;
        return outcome as Exclude<T, Passing>;
      }
      await this.wait(outcome);
    }
  }

  /** As long as the server says, or twice as long as the last time, to half a minute. */
  async wait(why: Passing): Promise<void> {
    this.#signal.throwIfAborted();
    const seconds = why.kind === "no-answer" ? Math.min(30, 2 ** this.#breaks) : why.retryAfter;
    this.#breaks++;
    this.#onWaiting(why, seconds);
    await this.#pause(seconds, this.#signal);
    this.#signal.throwIfAborted();
  }

  /** Something has arrived: the next break is a new one. */
  reward(): void {
    this.#breaks = 0;
  }
}

export function isPassing(outcome: { readonly kind: string }): outcome is Passing {
  return outcome.kind === "no-answer" || outcome.kind === "unavailable" || outcome.kind === "rate-limited";
}

/** So long, or until there is a network again, or until nobody waits any more. */
async function pauseUntilOnline(seconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    globalThis.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
