import type { Bytes } from "./bytes.ts";
import type { Manifest } from "./manifest.ts";

/** Bytes of one file, the next of it; last where the file is whole with them. */
export interface FilePart {
  /** Which file of the manifest. */
  readonly file: number;
  readonly bytes: Bytes;
  readonly last: boolean;
}

/**
 * Cuts content into the files it is made of. Every file comes up, an empty one with no bytes; the files that are empty
 * at the end come with the last bytes of content, or from finish where there are none.
 */
export class FileSplitter {
  readonly #sizes: readonly number[];
  #file = 0;
  #done = 0;

  constructor(manifest: Manifest) {
    this.#sizes = manifest.files.map((file) => file.size);
  }

  *split(content: Bytes): Generator<FilePart, void, undefined> {
    let rest = content;
    for (let size = this.#sizes[this.#file]; size !== undefined; size = this.#sizes[this.#file]) {
      const bytes = rest.subarray(0, size - this.#done);
      rest = rest.subarray(bytes.length);
      const last = this.#done + bytes.length === size;
      if (bytes.length === 0 && !last) {
        return;
      }
      const file = this.#file;
      this.#done = last ? 0 : this.#done + bytes.length;
      this.#file += last ? 1 : 0;
      yield { file, bytes, last };
    }
  }

  /** The files that are empty where no content has come at all; nothing otherwise. */
  finish(): Generator<FilePart, void, undefined> {
    return this.split(new Uint8Array(0));
  }
}
