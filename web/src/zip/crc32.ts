import type { Bytes } from "../envelope/bytes.ts";

// Four tables, so that four bytes are taken at once: the checksum keeps up with the decryption.
const tables = tablesOf(0xedb88320);

/** The checksum of zip and gzip over bytes that come piece by piece. */
export class Crc32 {
  #state = 0xffffffff;

  add(bytes: Bytes): void {
    const [one, two, three, four] = tables;
    const whole = bytes.length - (bytes.length % 4);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let state = this.#state;
    let at = 0;
    for (; at < whole; at += 4) {
      const word = state ^ view.getInt32(at, true);
      state =
        entry(four, word & 0xff) ^
        entry(three, (word >>> 8) & 0xff) ^
        entry(two, (word >>> 16) & 0xff) ^
        entry(one, word >>> 24);
    }
    for (; at < bytes.length; at++) {
      state = entry(one, (state ^ view.getUint8(at)) & 0xff) ^ (state >>> 8);
    }
    this.#state = state;
  }

  get value(): number {
    return ~this.#state >>> 0;
  }
}

function entry(table: Int32Array, at: number): number {
  return table[at] ?? 0;
}

function tablesOf(polynomial: number): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const one = Int32Array.from({ length: 256 }, (_, byte) => {
    let state = byte;
    for (let bit = 0; bit < 8; bit++) {
      state = (state >>> 1) ^ (state & 1 ? polynomial : 0);
    }
    return state;
  });
  const next = (table: Int32Array): Int32Array =>
    table.map((state) => (state >>> 8) ^ entry(one, state & 0xff));
  const two = next(one);
  const three = next(two);
  return [one, two, three, next(three)];
}
