import { find } from "../page/dom.ts";
import { copy } from "../page/say.ts";
import { qrCode } from "./qr.ts";

/** How a link is handed on: the words of a mail, and what its QR code is called. */
export interface HandingOn {
  readonly subject: string;
  readonly mail: string;
  readonly qrLabel: string;
}

/** A link that was just made, to copy, hand on, mail or scan. */
export class LinkField {
  readonly #text: HTMLTextAreaElement;
  readonly #handOn: HTMLButtonElement;
  readonly #mail: HTMLAnchorElement;
  readonly #qrToggle: HTMLButtonElement;
  readonly #qr: HTMLElement;
  #label = "";

  constructor(page: ParentNode, name: "link" | "receiptLink") {
    const field = find(page, `[data-link="${name}"]`, HTMLElement);
    this.#text = find(field, "textarea", HTMLTextAreaElement);
    this.#handOn = find(field, "[data-act=hand-on]", HTMLButtonElement);
    this.#mail = find(field, "[data-act=mail]", HTMLAnchorElement);
    this.#qrToggle = find(field, "[data-act=qr]", HTMLButtonElement);
    this.#qr = find(field, ".qr", HTMLElement);
    this.#text.onfocus = () => {
      this.#text.select();
    };
    find(field, "[data-act=copy]", HTMLButtonElement).onclick = () => void this.#copy();
    this.#handOn.onclick = () => void this.#share();
    this.#qrToggle.onclick = () => {
      this.#showQr(this.#qr.hidden !== false);
    };
  }

  show(link: string, { subject, mail, qrLabel }: HandingOn): void {
    this.#text.value = link;
    this.#label = qrLabel;
    this.#handOn.hidden = typeof (navigator as Partial<Navigator>).share !== "function";
    this.#mail.href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(mail)}`;
    this.#showQr(false);
  }

  /** Nothing of it is left in the page. */
  clear(): void {
    this.#text.value = "";
    this.#mail.removeAttribute("href");
    this.#showQr(false);
  }

  async #copy(): Promise<void> {
    if (!(await copy(this.#text.value))) {
      this.#text.focus(); // which selects it
    }
  }

  async #share(): Promise<void> {
    try {
      await navigator.share({ url: this.#text.value });
    } catch {
      // The visitor has changed their mind, which is their right.
    }
  }

  #showQr(shown: boolean): void {
    this.#qr.hidden = !shown;
    this.#qrToggle.setAttribute("aria-expanded", `${shown}`);
    this.#qr.replaceChildren(...(shown ? [qrCode(this.#text.value, this.#label)] : []));
  }
}
