import { find, setText } from "../page/dom.ts";
import { Progress } from "../page/progress.ts";
import { format, texts } from "../text.ts";
import type { Draft } from "./draft.ts";
import type { Passing } from "../api/patience.ts";
import { shareDraft, type ShareOutcome } from "./shareDraft.ts";

/** Shows a secret being sealed and sent. It asks before the page is left meanwhile, and can be cancelled. */
export class Sending {
  readonly #page: HTMLElement;
  readonly #address: string;
  readonly #waiting: HTMLElement;
  readonly #cancel: HTMLButtonElement;

  constructor(page: HTMLElement, address: string) {
    this.#page = find(page, "[data-state=sending]", HTMLElement);
    this.#address = address;
    this.#waiting = find(page, "#waiting", HTMLElement);
    this.#cancel = find(page, "#cancel", HTMLButtonElement);
  }

  /** What came of it; null where the visitor has cancelled. */
  async send(draft: Draft): Promise<ShareOutcome | null> {
    const cancelling = new AbortController();
    this.#cancel.onclick = () => {
      cancelling.abort();
    };
    this.#showSealing();
    addEventListener("beforeunload", ask);
    let progress: Progress | null = null;
    try {
      return await shareDraft(draft, {
        signal: cancelling.signal,
        address: this.#address,
        onSealing: (length) => {
          progress = new Progress(this.#page, length);
        },
        onProgress: (bytes) => {
          this.#waiting.hidden = true;
          progress?.show(bytes);
        },
        onWaiting: (why, seconds) => {
          this.#sayWaiting(why, seconds);
        },
      });
    } catch (error) {
      if (cancelling.signal.aborted) {
        return null;
      }
      throw error;
    } finally {
      removeEventListener("beforeunload", ask);
    }
  }

  #showSealing(): void {
    this.#waiting.hidden = true;
    find(this.#page, "progress", HTMLProgressElement).removeAttribute("value");
    setText(find(this.#page, ".progress-words", HTMLElement), texts.share.sealing);
  }

  #sayWaiting(why: Passing, seconds: number): void {
    const { waiting } = texts.share;
    const time = format.timeLeft(seconds);
    this.#waiting.hidden = false;
    setText(this.#waiting, navigator.onLine ? words() : waiting.offline);

    function words(): string {
      switch (why.kind) {
        case "no-answer":
          return waiting.broken(time);
        case "unavailable":
          return waiting.busy(time);
        case "rate-limited":
          return waiting.limited(time);
      }
    }
  }
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
