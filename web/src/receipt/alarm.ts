/** What an alarm has to know of the page, as document does. */
interface Page extends EventTarget {
  readonly visibilityState: DocumentVisibilityState;
}

/** Wakes whoever rests: when the time is over and somebody looks at the page, or at once when it is rung. */
export class Alarm {
  readonly #page: Page;
  #wake: () => void = () => undefined;
  #rung = false;

  constructor(page: Page = document) {
    this.#page = page;
  }

  /** Ends the rest; the next one where nobody is resting now. */
  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  async rest(seconds: number): Promise<void> {
    await this.#until((wake) => {
      const timer = setTimeout(wake, seconds * 1000);
      return () => {
        clearTimeout(timer);
      };
    });
    await this.#until((wake) => {
      const look = (): void => {
        if (this.#page.visibilityState === "visible") {
          wake();
        }
      };
      this.#page.addEventListener("visibilitychange", look);
      look();
      return () => {
        this.#page.removeEventListener("visibilitychange", look);
      };
    });
    this.#rung = false;
  }

  async #until(begin: (wake: () => void) => () => void): Promise<void> {
    if (this.#rung) {
      return;
    }
    let end = (): void => undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      end = begin(resolve);
    });
    end();
  }
}
