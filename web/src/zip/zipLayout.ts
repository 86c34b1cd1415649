import { utf8, type Bytes } from "../envelope/bytes.ts";
import { safeFileNames } from "../envelope/fileNames.ts";
import type { Manifest } from "../envelope/manifest.ts";

/** Fields of 32 bits that are full say: see the zip64 field. */
export const full32 = 0xffffffff;
export const full16 = 0xffff;

export const lengths = {
  localHeader: 30,
  localZip64: 20,
  centralHeader: 46,
  end: 22,
  zip64End: 56,
  zip64Locator: 20,
} as const;

/** A file in a zip. */
export interface ZipEntry {
  /** In UTF-8. */
  readonly name: Bytes;
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
  readonly zip64: boolean;
  /** What the directory needs more than 32 bits for. */
  readonly centralZip64: readonly number[];
}

/**
 * Where everything lies in a zip (PKWARE APPNOTE 6.3.10) of stored files of known sizes, and so how long it is before
 * its first byte: the same zip that the server's own door sends. Sizes are in the local headers; the checksum, which is
 * known only afterwards, in a data descriptor; zip64 where a size, an offset or the number of files needs it.
 */
export class ZipLayout {
  readonly entries: readonly ZipEntry[];
  readonly directoryOffset: number;
  readonly directoryLength: number;
  readonly zip64: boolean;
  /** Of the whole zip, in bytes. */
  readonly length: number;

  /** Of all files in a manifest, under names that are safe. */
  static of(manifest: Manifest): ZipLayout {
    const names = safeFileNames(manifest);
    return new ZipLayout(manifest.files.map(({ size }, at) => ({ name: names[at] ?? "", size })));
  }

  /** The names are safe to save under, and each is another. */
  constructor(files: readonly { readonly name: string; readonly size: number }[]) {
    let offset = 0;
    this.entries = files.map(({ name, size }) => {
      const zip64 = size >= full32;
      const sizes = zip64 ? [size, size] : [];
      const centralZip64 = offset >= full32 ? [...sizes, offset] : sizes;
      const entry = { name: utf8(name), size, offset, zip64, centralZip64 };
      offset += entryLength(entry);
      return entry;
    });
    this.directoryOffset = offset;
    this.directoryLength = this.entries.reduce((length, entry) => length + centralLength(entry), 0);
    this.zip64 = files.length >= full16 || offset >= full32 || this.directoryLength >= full32;
    this.length =
      offset +
      this.directoryLength +
      lengths.end +
      (this.zip64 ? lengths.zip64End + lengths.zip64Locator : 0);
  }
}

/** Of the extra field in the directory. */
export function centralZip64Length({ centralZip64 }: ZipEntry): number {
  return centralZip64.length === 0 ? 0 : 4 + 8 * centralZip64.length;
}

export function descriptorLength({ zip64 }: ZipEntry): number {
  return zip64 ? 24 : 16;
}

function entryLength(entry: ZipEntry): number {
  const header = lengths.localHeader + entry.name.length + (entry.zip64 ? lengths.localZip64 : 0);
  return header + entry.size + descriptorLength(entry);
}

function centralLength(entry: ZipEntry): number {
  return lengths.centralHeader + entry.name.length + centralZip64Length(entry);
}
