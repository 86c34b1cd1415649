import { create, find, setText } from "../page/dom.ts";
import { say } from "../page/say.ts";
import { format, texts } from "../text.ts";

/** The files that were chosen, each with a button that takes it out again. */
export class FileList {
  #files: readonly File[] = [];
  readonly #list: HTMLUListElement;
  readonly #sum: HTMLElement;
  readonly #input: HTMLInputElement;

  constructor(page: ParentNode) {
    this.#list = find(page, "#file-list", HTMLUListElement);
    this.#sum = find(page, "#files-sum", HTMLElement);
    this.#input = find(page, "#files", HTMLInputElement);
    this.#input.onchange = () => {
      this.add([...(this.#input.files ?? [])]);
      this.#input.value = ""; // so that the same file can be chosen again
    };
  }

  get files(): readonly File[] {
    return this.#files;
  }

  add(files: readonly File[]): void {
    if (files.length > 0) {
      this.#files = [...this.#files, ...files];
      this.#show();
      say(texts.share.added(files.length));
    }
  }

  clear(): void {
    this.#files = [];
    this.#show();
  }

  #remove(file: File, at: number): void {
    this.#files = this.#files.filter((other) => other !== file);
    this.#show();
    say(texts.share.removed(file.name));
    const buttons = this.#list.querySelectorAll("button");
    (buttons[Math.min(at, buttons.length - 1)] ?? this.#input).focus();
  }

  #show(): void {
    this.#list.hidden = this.#files.length === 0;
    this.#list.replaceChildren(...this.#files.map((file, at) => this.#row(file, at)));
    this.#sum.hidden = this.#files.length === 0;
    const size = this.#files.reduce((sum, file) => sum + file.size, 0);
    setText(this.#sum, texts.share.chosen(this.#files.length, format.size(size)));
  }

  #row(file: File, at: number): HTMLLIElement {
    const label = texts.share.remove(file.name);
    const button = create("button", { type: "button", class: "btn tool", "aria-label": label });
    button.textContent = texts.share.removeShort;
    button.onclick = () => {
      this.#remove(file, at);
    };
    const name = create("bdi", { class: "file-name" }, file.name);
    return create("li", {}, name, create("span", { class: "file-size" }, format.size(file.size)), button);
  }
}
