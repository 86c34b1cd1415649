import { random } from "../envelope/bytes.ts";
import { decodeBase64Url, encodeBase64Url } from "../envelope/strictBase64Url.ts";

/** The sender's own 16 random bytes, by which they see the receipt, allow more attempts, and burn. */
export class ReceiptToken {
  static readonly length = 16;
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** A new one from the system's random numbers. */
  static create(): ReceiptToken {
    return new ReceiptToken(encodeBase64Url(random(ReceiptToken.length)));
  }

  /** Reads canonical base64url; null for everything else. */
  static parse(text: string): ReceiptToken | null {
    return decodeBase64Url(text, ReceiptToken.length) === null ? null : new ReceiptToken(text);
  }

  /** 22 characters of base64url: a secret, and not toString so that no log gets it. */
  toText(): string {
    return this.#text;
  }
}
