import { find, setText } from "../page/dom.ts";
import { format, texts } from "../text.ts";
import type { Draft } from "./draft.ts";
import { LinkField } from "./linkField.ts";
import type { Shared } from "./shareDraft.ts";

/** What is there once a secret is shared: its links, what it holds, and when it runs out. */
export class Done {
  readonly #page: HTMLElement;
  readonly #link: LinkField;
  readonly #receiptLink: LinkField;

  constructor(page: HTMLElement, onAgain: () => void) {
    this.#page = page;
    this.#link = new LinkField(page, "link");
    this.#receiptLink = new LinkField(page, "receiptLink");
    find(page, "#again", HTMLButtonElement).onclick = () => {
      this.#link.clear();
      this.#receiptLink.clear();
      onAgain();
    };
  }

  show({ link, receiptLink, expiresAt }: Shared, { files, passphrase }: Draft): void {
    const { share } = texts;
    const until = format.moment(expiresAt);
    const { linkSubject, receiptSubject, qrLabel, receiptQrLabel } = share;
    this.#link.show(link, { subject: linkSubject, mail: share.linkMail(link, until), qrLabel });
    this.#receiptLink.show(receiptLink, {
      subject: receiptSubject,
      mail: share.receiptMail(receiptLink),
      qrLabel: receiptQrLabel,
    });
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const holds = files.length === 0 ? share.holdsText : share.chosen(files.length, format.size(size));
    setText(find(this.#page, "#holds", HTMLElement), holds);
    const time = find(this.#page, "#runs-out", HTMLTimeElement);
    time.dateTime = expiresAt.toISOString();
    setText(time, until);
    find(this.#page, "#once-passphrase", HTMLElement).hidden = passphrase === "";
  }
}
