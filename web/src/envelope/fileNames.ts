import type { Manifest } from "./manifest.ts";

const nameless = "file";
const loneSurrogates = /\p{Surrogate}/gu;
const controls = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Makes of the names in a manifest, which are hostile input, names that are safe to save under: one a file, in order,
 * each different, the second b.txt being b (2).txt.
 */
export function safeFileNames(manifest: Manifest): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return manifest.files.map((file) => {
    const clean = cleanFileName(file.name);
    let count = counts.get(clean) ?? 1;
    let name = clean;
    while (taken.has(name)) {
      name = numbered(clean, ++count);
    }
    taken.add(name);
    // Remembered, so that ten thousand files of one name are not tried from two up each time.
    counts.set(clean, count);
    return name;
  });
}

/**
 * The last component of a path in either slash's spelling, without control and bidirectional characters, never empty,
 * "." or "..".
 */
export function cleanFileName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  // In this order: two halves that only a control character keeps apart are no character.
  const clean = last.replace(loneSurrogates, "\ufffd").replace(controls, "");
  return clean === "" || clean === "." || clean === ".." ? nameless : clean;
}

function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? `${name} (${number})` : `${name.slice(0, dot)} (${number})${name.slice(dot)}`;
}
