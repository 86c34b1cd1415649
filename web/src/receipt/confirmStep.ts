import { find } from "../page/dom.ts";

/**
 * Asks before it does what cannot be undone, in the page itself. The focus goes to the question and not to the button
 * that does it, so that a key pressed twice does nothing; Escape or the other button goes back.
 */
export class ConfirmStep {
  readonly #begin: HTMLButtonElement;
  readonly #step: HTMLElement;

  constructor(root: ParentNode, confirm: () => void) {
    this.#begin = find(root, "[data-begin]", HTMLButtonElement);
    this.#step = find(root, "[data-step]", HTMLElement);
    this.#begin.addEventListener("click", () => {
      this.#toggle(true);
      find(this.#step, "[tabindex='-1']", HTMLElement).focus();
    });
    find(this.#step, "[data-confirm]", HTMLButtonElement).addEventListener("click", confirm);
    find(this.#step, "[data-cancel]", HTMLButtonElement).addEventListener("click", () => {
      this.close();
    });
    this.#step.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") {
        this.close();
      }
    });
  }

  /** Back to where it began. */
  close(): void {
    this.#toggle(false);
    this.#begin.focus();
  }

  #toggle(asking: boolean): void {
    this.#step.hidden = !asking;
    this.#begin.hidden = asking;
  }
}
