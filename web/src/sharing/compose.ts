import { create, find, setText } from "../page/dom.ts";
import { showToast } from "../page/say.ts";
import { format, texts } from "../text.ts";
import type { Draft } from "./draft.ts";
import { FileList } from "./fileList.ts";
import { objectionsTo, type Limits, type Objection } from "./limits.ts";
import { PassphraseField } from "./passphraseField.ts";
import { takeDropsAndPastes } from "./putIn.ts";

/** The form in which a secret is put together, and where it says why it cannot be shared as it is. */
export class Compose {
  readonly #limits: Limits;
  readonly #form: HTMLFormElement;
  readonly #text: HTMLTextAreaElement;
  readonly #lifetime: HTMLSelectElement;
  readonly #createToken: HTMLInputElement | null;
  readonly #objections: HTMLElement;
  readonly #files: FileList;
  readonly #passphrase: PassphraseField;

  constructor(page: HTMLElement, limits: Limits, onShare: (draft: Draft) => void) {
    this.#limits = limits;
    this.#form = find(page, "#compose", HTMLFormElement);
    this.#text = find(page, "#text", HTMLTextAreaElement);
    this.#lifetime = find(page, "#lifetime", HTMLSelectElement);
    this.#createToken = limits.needsCreateToken ? find(page, "#create-token", HTMLInputElement) : null;
    this.#objections = find(page, "#objections", HTMLElement);
    this.#files = new FileList(page);
    this.#passphrase = new PassphraseField(page);
    this.#sayLimits(page);
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      const draft = this.#draft();
      const objections = objectionsTo(draft, limits);
      this.object(objections.map((objection) => this.#inWords(objection)));
      if (objections.length === 0) {
        onShare(draft);
      }
    };
    this.#form.oninput = () => {
      this.object([]); // what was said of it may not be true any more
    };
    const dropArea = find(page, "#drop-area", HTMLElement);
    takeDropsAndPastes({
      open: () => this.#form.closest<HTMLElement>("[data-state]")?.hidden === false,
      files: (files) => {
        this.object([]);
        this.#files.add(files);
      },
      text: (text) => {
        this.object([]);
        this.#text.value += text;
        showToast(texts.share.pasted);
      },
      folder: () => {
        this.object([texts.share.folder]);
      },
      hover: (over) => dropArea.classList.toggle("drop-over", over),
    });
  }

  /** Says why nothing was sent; with nothing to say it says no more. */
  object(reasons: readonly string[]): void {
    this.#objections.hidden = reasons.length === 0;
    find(this.#objections, "ul", HTMLUListElement).replaceChildren(
      ...reasons.map((reason) => create("li", {}, reason)),
    );
    if (reasons.length > 0) {
      this.#objections.focus();
    }
  }

  clear(): void {
    this.#text.value = "";
    this.#files.clear();
    this.#passphrase.clear();
    this.object([]);
  }

  #draft(): Draft {
    return {
      text: this.#text.value,
      files: this.#files.files,
      passphrase: this.#passphrase.input.value,
      lifetime: Number(this.#lifetime.value),
      createToken: this.#createToken?.value ?? "",
    };
  }

  #sayLimits(page: HTMLElement): void {
    const { maxSize, extensions } = this.#limits;
    for (const option of this.#lifetime.options) {
      setText(option, format.lifetime(Number(option.value)));
    }
    const size = format.size(maxSize);
    setText(find(page, "#files-note", HTMLElement), texts.share.atMost(size));
    setText(find(page, "#about-size", HTMLElement), texts.share.aboutSize(size));
    setText(
      find(page, "#about-extensions", HTMLElement),
      extensions === null ? texts.share.aboutAny : texts.share.aboutExtensions(extensions.join(", ")),
    );
  }

  #inWords(objection: Objection): string {
    const { objection: words } = texts.share;
    const { maxSize, minLifetime, maxLifetime, extensions } = this.#limits;
    switch (objection.kind) {
      case "too-large":
        return words["too-large"](format.size(objection.size), format.size(maxSize));
      case "extension":
        return words.extension(objection.name, (extensions ?? []).join(", "));
      case "lifetime":
        return words.lifetime(format.lifetime(minLifetime), format.lifetime(maxLifetime));
      case "nothing":
      case "text-and-files":
      case "too-many-names":
      case "passphrase-too-long":
      case "create-token-missing":
        return words[objection.kind];
    }
  }
}
