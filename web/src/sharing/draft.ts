import type { Secret } from "../worker/messages.ts";

/** What a visitor has put in and not yet shared. */
export interface Draft {
  readonly text: string;
  readonly files: readonly File[];
  /** Empty where there is none. */
  readonly passphrase: string;
  /** Seconds. */
  readonly lifetime: number;
  /** Empty where none was given. */
  readonly createToken: string;
}

/** The files, or the text as the file that a door makes of it too. */
export function secretOf({ text, files }: Draft): Secret {
  if (files.length > 0) {
    return { files: files.map((file) => ({ name: file.name, type: file.type, content: file })), text: false };
  }
  return { files: [{ name: "text.txt", type: "text/plain", content: new Blob([text]) }], text: true };
}
