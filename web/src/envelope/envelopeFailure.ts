/** Why an envelope, or a link to one, is refused. The vectors, the C# and the command line use the same names. */
export type EnvelopeFailure =
  /** The link key is not 32 bytes in canonical base64url. */
  | "malformed-link-key"
  /** The passphrase is longer than 1,024 bytes or not valid Unicode. */
  | "malformed-passphrase"
  /** Too short, or the magic is another. */
  | "not-an-envelope"
  /** A suite that this version does not know. */
  | "unknown-suite"
  /** A key derivation that this version does not know. */
  | "unknown-kdf"
  /** The reserved bytes of the header are not zero. */
  | "reserved-not-zero"
  /** The length of the manifest is out of its bounds, or more than there is. */
  | "footer-length"
  /** The link key is not the one that this was sealed with. */
  | "wrong-link-key"
  /** There is a passphrase and none was given. */
  | "passphrase-required"
  /** The passphrase is not the one that this was sealed with, or the header was changed. */
  | "wrong-passphrase"
  /** The manifest does not authenticate. */
  | "manifest-tampered"
  /** The manifest authenticates but is not one: no JSON, no file, a name or a size that cannot be. */
  | "manifest-malformed"
  /** The length of the records is not that of the manifest's sizes, padded and sealed. */
  | "records-length"
  /** A record does not authenticate: changed, of another envelope, or in another place. */
  | "record-tampered"
  /** The records end before the last one. */
  | "records-truncated"
  /** Something follows the last record. */
  | "trailing-bytes"
  /** The padding is not zero. */
  | "padding-not-zero";

export interface Refused {
  readonly ok: false;
  readonly failure: EnvelopeFailure;
}

/** A value, or why there is none. A refusal is an answer and never an exception. */
export type Result<T> = { readonly ok: true; readonly value: T } | Refused;

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refused(failure: EnvelopeFailure): Refused {
  return { ok: false, failure };
}
