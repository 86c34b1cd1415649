import { isUnicode, utf8, type Bytes } from "./bytes.ts";
import { parseManifest } from "./manifestParser.ts";

/** One file of a secret. The name is as its sender wrote it, hostile until safeFileNames has cleaned it. */
export interface ManifestFile {
  /** Any Unicode text, empty too. */
  readonly name: string;
  /** A media type, as the sender says. */
  readonly type: string;
  /** Bytes, 0 to 2^48. */
  readonly size: number;
}

/** What a secret is made of, in the order of its bytes. */
export interface Manifest {
  /** At least one. */
  readonly files: readonly ManifestFile[];
  /** Whether it is one typed text. */
  readonly text: boolean;
}

/** 65,536 bytes at most, padding and all. */
export const maxManifestLength = 65_536;

/** 256 bytes: the length is a multiple of it. */
export const manifestLengthStep = 256;

/** The sum of the sizes, in bytes. */
export function contentLength(manifest: Manifest): number {
  return manifest.files.reduce((length, file) => length + file.size, 0);
}

/** Whether name and type are Unicode; of what is not, JSON in UTF-8 would make another name. */
export function isUnicodeFile(file: { readonly name: string; readonly type: string }): boolean {
  return isUnicode(file.name) && isUnicode(file.type);
}

/**
 * Encodes to JSON, padded with spaces to a multiple of 256 bytes; null where that would be more than 65,536 bytes: too
 * many names, or too long ones. Names and types are Unicode.
 */
export function encodeManifest({ files, text }: Manifest): Bytes | null {
  if (!files.every(isUnicodeFile)) {
    throw new TypeError("A name or a type is not Unicode.");
  }
  const listed = files.map(({ name, type, size }) => ({ name, type, size }));
  const json = utf8(JSON.stringify(text ? { files: listed, text } : { files: listed }));
  if (json.length > maxManifestLength) {
    return null;
  }
  const encoded = new Uint8Array(Math.ceil(json.length / manifestLengthStep) * manifestLengthStep).fill(0x20);
  encoded.set(json);
  json.fill(0);
  return encoded;
}

/**
 * Decodes; null where it is not the JSON of a manifest. Unknown fields are ignored, and of a field that is there twice
 * the last one counts. A size is written in digits only, and all together are at most 2^48.
 */
export function decodeManifest(encoded: Bytes): Manifest | null {
  try {
    // ignoreBOM keeps a byte order mark, and then it is no JSON.
    return parseManifest(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(encoded));
  } catch (error) {
    if (error instanceof TypeError) {
      return null; // not UTF-8
    }
    throw error;
  }
}
