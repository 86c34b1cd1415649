import type { Bytes } from "../envelope/bytes.ts";
import type { ContentPiece } from "../envelope/contentReader.ts";
import type { ContentSpan } from "../envelope/contentSpan.ts";
import type { EnvelopeFailure } from "../envelope/envelopeFailure.ts";
import type { Manifest } from "../envelope/manifest.ts";

/** A file to seal: as a person chose it, or a text as a Blob. */
export interface SecretFile {
  readonly name: string;
  readonly type: string;
  readonly content: Blob;
}

/** What to seal. */
export interface Secret {
  readonly files: readonly SecretFile[];
  /** Whether it is one typed text. */
  readonly text: boolean;
}

/** Why a secret cannot be sealed: its names, or its passphrase. */
export type SealRefusal = "manifest-too-large" | "not-unicode" | "malformed-passphrase";

/** What a page asks of the worker; each is answered once, in the order in which they were asked. */
export type Asked =
  | { readonly act: "seal"; readonly secret: Secret; readonly passphrase: string; readonly envelope: MessagePort }
  | { readonly act: "derive"; readonly linkKey: string; readonly header: Bytes; readonly passphrase: string }
  | { readonly act: "open-manifest"; readonly manifest: Bytes; readonly size: number }
  | {
      readonly act: "open-content";
      readonly span: ContentSpan | undefined;
      readonly records: MessagePort;
      readonly content: MessagePort;
    };

/** The link key as in a link's fragment, and how long the envelope is going to be, which comes through its port. */
export type SealAnswer =
  | { readonly kind: "sealing"; readonly linkKey: string; readonly length: number }
  | { readonly kind: "refused"; readonly reason: SealRefusal };

/** The bytes of the proofs to show the server. */
export type DeriveAnswer =
  | { readonly kind: "derived"; readonly linkProof: Bytes; readonly claimProof: Bytes }
  | { readonly kind: "failure"; readonly failure: EnvelopeFailure };

export type ManifestAnswer =
  | { readonly kind: "manifest"; readonly manifest: Manifest }
  | { readonly kind: "failure"; readonly failure: EnvelopeFailure };

/** How content ended: whole and verified, or not. */
export type ContentEnd = Exclude<ContentPiece, { readonly kind: "piece" }>;

/** The one act that began; what comes of it comes through its port. */
export interface Opening {
  readonly kind: "opening";
}

/** Asked out of order, or anything else that is a mistake of ours. */
export interface Mistake {
  readonly kind: "mistake";
  readonly message: string;
}

export type Answer = SealAnswer | DeriveAnswer | ManifestAnswer | Opening | Mistake;
