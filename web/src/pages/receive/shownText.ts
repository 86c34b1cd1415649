import { concat, type Bytes } from "../../envelope/bytes.ts";

/** 1 MiB: a longer text is saved as a file instead, since a page that holds it hardly moves. */
export const longestShown = 2 ** 20;

const mostNumbered = 5000;

/** The text as it was typed, to its last line end; null where it is no UTF-8, which only a program can have sent. */
export function decodeText(pieces: readonly Bytes[]): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(concat(...pieces));
  } catch {
    return null;
  }
}

/** The lines without their ends. A line end at the end of the text begins no line of its own. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.length > 1 && lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** Whether line numbers help: settings, code, logs and tables, and not a password, a letter or an address. */
export function isNumbered(text: string): boolean {
  const lines = linesOf(text).slice(0, mostNumbered + 1);
  if (lines.length < 2 || lines.length > mostNumbered) {
    return false;
  }
  const filled = lines.filter((line) => line.trim() !== "");
  const code = filled.filter((line) => marks.some((mark) => mark.test(line)));
  return filled.length >= 2 && code.length * 2 >= filled.length;
}

const marks: readonly RegExp[] = [
  /^\s*(?:export\s+)?[\w.-]+\s*=\s*\S?/, // NAME=value
  /^\s*["']?[\w.-]+["']?\s*:\s(?!\s*\/\/)\S*[^.!?]$/, // name: value, as in YAML and JSON
  /[{}()[\];,]\s*$/, // ends as statements and lists do
  /^\s*(?:#!|\/\/|\/\*|\*\/|--\s|<\/?[a-z!?])/i, // comments and markup
  /^\s*[}\])]/,
  /^(?:\t| {2,})\S/, // indented
  /^\[[\w .:"-]+\]\s*$/, // [section]
  /^-----(?:BEGIN|END) /,
  /^[\d-]+[T ][\d:.,]+/, // the time at the head of a log's line
];
