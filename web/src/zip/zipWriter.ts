import { concat, type Bytes } from "../envelope/bytes.ts";
import { Crc32 } from "./crc32.ts";
import {
  centralZip64Length,
  descriptorLength,
  full16,
  full32,
  lengths,
  type ZipEntry,
  type ZipLayout,
} from "./zipLayout.ts";

const version = 20;
const versionZip64 = 45;
const madeByUnix = 3 << 8;
const flags = (1 << 3) | (1 << 11); // the checksum follows the file; names are UTF-8
const stored = 0;
const date = (1 << 21) | (1 << 16); // midnight of 1 January 1980, the first that a zip knows
const regularFile = 0x81a4 * 2 ** 16; // as stat says it: rw-r--r--

/** Makes what a zip has beside its files' bytes, in the order in which it is written. */
export class ZipWriter {
  readonly #layout: ZipLayout;
  readonly #sums: number[] = [];
  #sum = new Crc32();

  constructor(layout: ZipLayout) {
    this.#layout = layout;
  }

  /** Before the bytes of the next file. */
  beginFile(): Bytes {
    const entry = this.#entry;
    const header = new Fields(lengths.localHeader)
      .four(0x04034b50)
      .two(entry.zip64 ? versionZip64 : version, flags, stored)
      .four(date, 0, clamp(entry.size), clamp(entry.size))
      .two(entry.name.length, entry.zip64 ? lengths.localZip64 : 0);
    return concat(header.bytes, entry.name, entry.zip64 ? zip64Field([entry.size, entry.size]) : new Uint8Array(0));
  }

  /** These bytes of the file are written. */
  account(bytes: Bytes): void {
    this.#sum.add(bytes);
  }

  /** After the last of its bytes. */
  endFile(): Bytes {
    const entry = this.#entry;
    const sum = this.#sum.value;
    this.#sums.push(sum);
    this.#sum = new Crc32();
    const descriptor = new Fields(descriptorLength(entry)).four(0x08074b50, sum);
    return (entry.zip64 ? descriptor.eight(entry.size, entry.size) : descriptor.four(entry.size, entry.size)).bytes;
  }

  /** The directory of all files, and where it is. */
  *complete(): Generator<Bytes, void, undefined> {
    const { entries, directoryOffset, directoryLength, zip64 } = this.#layout;
    const count = Math.min(entries.length, full16);
    const end = new Fields(lengths.end)
      .four(0x06054b50, 0)
      .two(count, count)
      .four(clamp(directoryLength), clamp(directoryOffset))
      .two(0);
    for (const [at, entry] of entries.entries()) {
      yield this.#central(entry, this.#sums[at] ?? 0);
    }
    if (zip64) {
      yield this.#zip64End();
    }
    yield end.bytes;
  }

  get #entry(): ZipEntry {
    const entry = this.#layout.entries[this.#sums.length];
    if (entry === undefined) {
      throw new Error("There is no file left.");
    }
    return entry;
  }

  #central(entry: ZipEntry, sum: number): Bytes {
    const extra = centralZip64Length(entry);
    const header = new Fields(lengths.centralHeader)
      .four(0x02014b50)
      .two(madeByUnix | versionZip64, extra > 0 ? versionZip64 : version, flags, stored)
      .four(date, sum, clamp(entry.size), clamp(entry.size))
      .two(entry.name.length, extra, 0)
      .four(0, regularFile, clamp(entry.offset)); // no disk, no internal attributes
    return concat(header.bytes, entry.name, extra > 0 ? zip64Field(entry.centralZip64) : new Uint8Array(0));
  }

  #zip64End(): Bytes {
    const { entries, directoryOffset, directoryLength } = this.#layout;
    const end = new Fields(lengths.zip64End)
      .four(0x06064b50)
      .eight(lengths.zip64End - 12)
      .two(madeByUnix | versionZip64, versionZip64)
      .eight(0, entries.length, entries.length, directoryLength, directoryOffset); // both disks first
    const locator = new Fields(lengths.zip64Locator)
      .four(0x07064b50, 0)
      .eight(directoryOffset + directoryLength)
      .four(1);
    return concat(end.bytes, locator.bytes);
  }
}

function zip64Field(values: readonly number[]): Bytes {
  return new Fields(4 + 8 * values.length).two(1, 8 * values.length).eight(...values).bytes;
}

function clamp(value: number): number {
  return Math.min(value, full32);
}

/** Little-endian fields, one after another. */
class Fields {
  readonly bytes: Bytes;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  two(...values: readonly number[]): this {
    for (const value of values) {
      this.#view.setUint16(this.#at, value, true);
      this.#at += 2;
    }
    return this;
  }

  four(...values: readonly number[]): this {
    for (const value of values) {
      this.#view.setUint32(this.#at, value, true);
      this.#at += 4;
    }
    return this;
  }

  eight(...values: readonly number[]): this {
    for (const value of values) {
      this.#view.setBigUint64(this.#at, BigInt(value), true);
      this.#at += 8;
    }
    return this;
  }
}
