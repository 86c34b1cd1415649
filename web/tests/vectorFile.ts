import { decodeBase64Url } from "../src/envelope/strictBase64Url.ts";
import type { Bytes } from "../src/envelope/bytes.ts";

export interface ExpectedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly safe: string;
}

/** A file of testkit/vectors, read as its README says. */
export class VectorFile {
  readonly #lines: { readonly field: string; value: string }[] = [];

  constructor(text: string) {
    for (const line of text.replace(/\n$/, "").split("\n")) {
      const colon = line.indexOf(":");
      const last = this.#lines.at(-1);
      if (colon >= 0) {
        this.#lines.push({ field: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ +/, "") });
      } else if (last !== undefined) {
        last.value += line;
      }
    }
  }

  get name(): string {
    return this.#one("name");
  }

  get linkKey(): string {
    return this.#one("link-key");
  }

  get passphrase(): string {
    const spelled = this.#one("passphrase");
    return spelled === "none" ? "" : (JSON.parse(spelled) as string);
  }

  get expect(): string {
    return this.#one("expect");
  }

  get text(): boolean {
    return this.#one("text") === "true";
  }

  get files(): readonly ExpectedFile[] {
    return this.#all("file").map((value) => JSON.parse(value) as ExpectedFile);
  }

  get envelope(): Bytes {
    return bytesOf(this.#one("envelope"));
  }

  /** What the server sends instead of the records in the envelope; null where it sends those. */
  get served(): Bytes | null {
    const [served] = this.#all("records");
    return served === undefined ? null : bytesOf(served);
  }

  #all(field: string): readonly string[] {
    return this.#lines.filter((line) => line.field === field).map((line) => line.value);
  }

  #one(field: string): string {
    const [value, ...more] = this.#all(field);
    if (value === undefined || more.length > 0) {
      throw new Error(`A vector has one ${field}.`);
    }
    return value;
  }
}

function bytesOf(text: string): Bytes {
  const bytes = decodeBase64Url(text);
  if (bytes === null) {
    throw new Error("A vector holds canonical base64url.");
  }
  return bytes;
}
