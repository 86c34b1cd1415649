import type { Bytes } from "./bytes.ts";

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const values = new Map(Array.from(characters, (character, value) => [character, value]));

/**
 * Base64url without padding (RFC 4648 section 5) in its one canonical form: every byte string has exactly one text.
 */
export function encodeBase64Url(bytes: Bytes): string {
  let text = "";
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (count += 8; count >= 6; count -= 6) {
      text += characters.charAt((bits >> (count - 6)) & 0b111111);
    }
  }
  return count === 0 ? text : text + characters.charAt((bits << (6 - count)) & 0b111111);
}

/**
 * The bytes of a text; null where it is not the canonical form of any: padding, white space, another alphabet, a
 * length that cannot be, trailing bits that are not zero. With a length, null also where there are more or fewer bytes.
 */
export function decodeBase64Url(text: string, length?: number): Bytes | null {
  const decoded = Math.floor((text.length * 3) / 4);
  if (text.length % 4 === 1 || (length !== undefined && length !== decoded)) {
    return null;
  }
  const bytes = new Uint8Array(decoded);
  let at = 0;
  let bits = 0;
  let count = 0;
  for (const character of text) {
    const value = values.get(character);
    if (value === undefined) {
      return null;
    }
    bits = ((bits << 6) | value) & 0xfff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = bits >> count;
    }
  }
  const spare = bits & ((1 << count) - 1);
  return spare === 0 ? bytes : null;
}
