/** Bytes in memory of their own, which WebCrypto takes and a worker can be given. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** The UTF-8 of a text that {@link isUnicode}; of another one, of a text that is not the same. */
export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** Whether there is no lone surrogate in it, of which no UTF-8 can be made. */
export function isUnicode(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

export function concat(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
