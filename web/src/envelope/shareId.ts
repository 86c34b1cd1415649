import { decodeBase64Url } from "./strictBase64Url.ts";

/** The name of a share: 16 bytes, 22 characters of base64url. It is no secret and opens nothing. */
export class ShareId {
  static readonly length = 16;
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Reads canonical base64url; null for everything else. */
  static parse(text: string): ShareId | null {
    return decodeBase64Url(text, ShareId.length) === null ? null : new ShareId(text);
  }

  /** 22 characters of base64url. */
  toString(): string {
    return this.#text;
  }
}
