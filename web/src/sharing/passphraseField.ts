import { find, setText } from "../page/dom.ts";
import { copy, say } from "../page/say.ts";
import { texts } from "../text.ts";
import { makeCharacters, makeWords } from "./makePassphrase.ts";
import { strengthOf } from "./strength.ts";

/** The passphrase: typed or made, hidden or shown, with a word on how long it holds. */
export class PassphraseField {
  readonly input: HTMLInputElement;
  readonly #toggle: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  readonly #strength: HTMLElement;

  constructor(page: ParentNode) {
    this.input = find(page, "#passphrase", HTMLInputElement);
    this.#toggle = find(page, "#show-passphrase", HTMLButtonElement);
    this.#copy = find(page, "#copy-passphrase", HTMLButtonElement);
    this.#strength = find(page, "#strength", HTMLElement);
    this.input.oninput = () => {
      this.#judge();
    };
    this.#toggle.onclick = () => {
      this.#show(this.input.type === "password");
    };
    this.#copy.onclick = () => void copy(this.input.value);
    for (const [button, make] of [["#make-words", makeWords], ["#make-characters", makeCharacters]] as const) {
      find(page, button, HTMLButtonElement).onclick = () => {
        this.input.value = make();
        this.#show(true);
        this.#judge();
        say(texts.share.made);
      };
    }
  }

  clear(): void {
    this.input.value = "";
    this.#show(false);
    this.#judge();
  }

  #show(shown: boolean): void {
    this.input.type = shown ? "text" : "password";
    this.#toggle.setAttribute("aria-pressed", `${shown}`);
  }

  #judge(): void {
    const { value } = this.input;
    this.#strength.hidden = this.#copy.hidden = value === "";
    if (value !== "") {
      const strength = strengthOf(value);
      this.#strength.dataset["strength"] = strength;
      setText(this.#strength, texts.share.strength[strength]);
    }
  }
}
