import { wordlist } from "@scure/bip39/wordlists/english.js";

/** Six of 2,048 words: 66 bits, and easy to say on the telephone. */
const wordCount = 6;

/** Sixteen of 56 characters: 92 bits. */
const characterCount = 16;

// Without those that look like another one.
const characters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

export function makeWords(): string {
  return Array.from({ length: wordCount }, () => wordlist[randomBelow(wordlist.length)]).join(" ");
}

export function makeCharacters(): string {
  return Array.from({ length: characterCount }, () => characters[randomBelow(characters.length)]).join("");
}

/** Each number below the limit is as likely as any other: what would favour the small ones is drawn again. */
export function randomBelow(limit: number, draw: () => number = drawn): number {
  const fair = 2 ** 32 - (2 ** 32 % limit);
  let number = draw();
  while (number >= fair) {
    number = draw();
  }
  return number % limit;
}

function drawn(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
