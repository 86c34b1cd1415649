export type Strength = "weak" | "fair" | "strong";

/**
 * How long a passphrase holds against somebody who has the link and what the server stores, each try being an Argon2id.
 * A rough word, on the careful side: what looks like a word counts as one of a few thousand, however long it is.
 */
export function strengthOf(passphrase: string): Strength {
  const seen = new Set<string>();
  let bits = 0;
  for (const [part] of passphrase.matchAll(/\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Lo}+|\d+|./gsu)) {
    bits += seen.has(part.toLowerCase()) ? 1 : bitsOf(part);
    seen.add(part.toLowerCase());
  }
  return bits < 35 ? "weak" : bits < 55 ? "fair" : "strong";
}

function bitsOf(part: string): number {
  if (/^\d/.test(part)) {
    return Math.min(3.3 * part.length, 10); // a year, a date, a row of them
  }
  return /^\p{L}/u.test(part) ? Math.min(4.7 * part.length, 11) : 4;
}
