import { isUnicode, utf8 } from "../envelope/bytes.ts";
import { envelopeLengthOf } from "../envelope/envelopeLength.ts";
import { cleanFileName } from "../envelope/fileNames.ts";
import { secretOf, type Draft } from "./draft.ts";

/** What the server allows: sizes in bytes, times in seconds. */
export interface Limits {
  readonly maxSize: number;
  /** Without dots; null where any is allowed. */
  readonly extensions: readonly string[] | null;
  readonly minLifetime: number;
  readonly maxLifetime: number;
  readonly needsCreateToken: boolean;
}

/** Bytes, as Passphrase.maxLength, which would bring Argon2id along into the page. */
export const maxPassphraseLength = 1024;

/** Why a draft cannot be shared as it is. */
export type Objection =
  | { readonly kind: "nothing" | "text-and-files" | "too-many-names" | "passphrase-too-long" }
  | { readonly kind: "create-token-missing" | "lifetime" }
  | { readonly kind: "too-large"; readonly size: number }
  | { readonly kind: "extension"; readonly name: string };

/** All that stands in the way, known before anything is sent. */
export function objectionsTo(draft: Draft, limits: Limits): readonly Objection[] {
  return [
    ...objectionsToSecret(draft, limits),
    ...(isPassphrase(draft.passphrase) ? [] : [{ kind: "passphrase-too-long" } as const]),
    ...(draft.lifetime >= limits.minLifetime && draft.lifetime <= limits.maxLifetime
      ? []
      : [{ kind: "lifetime" } as const]),
    ...(limits.needsCreateToken && draft.createToken === "" ? [{ kind: "create-token-missing" } as const] : []),
  ];
}

function objectionsToSecret(draft: Draft, { maxSize, extensions }: Limits): readonly Objection[] {
  const { text, files } = draft;
  if (text === "" && files.length === 0) {
    return [{ kind: "nothing" }];
  }
  if (text !== "" && files.length > 0) {
    return [{ kind: "text-and-files" }];
  }
  const secret = secretOf(draft);
  const size = secret.files.reduce((sum, { content }) => sum + content.size, 0);
  if (size > maxSize) {
    return [{ kind: "too-large", size }];
  }
  const refused = files.filter(({ name }) => !allows(extensions, name));
  if (refused.length > 0) {
    return refused.map(({ name }) => ({ kind: "extension", name }));
  }
  const manifest = { ...secret, files: secret.files.map((file) => ({ ...file, size: file.content.size })) };
  return envelopeLengthOf(manifest) === null ? [{ kind: "too-many-names" }] : [];
}

function isPassphrase(text: string): boolean {
  return isUnicode(text) && utf8(text).length <= maxPassphraseLength;
}

/** As the server's doors see it: a name without an extension passes, and .env has the extension env. */
export function allows(extensions: readonly string[] | null, fileName: string): boolean {
  // Windows drops dots and spaces from the end of a name, and what is left has another extension.
  const name = cleanFileName(fileName).replace(/[. ]+$/, "");
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return (
    extensions === null ||
    extension === "" ||
    extension.length === name.length ||
    extensions.includes(extension.toLowerCase())
  );
}
