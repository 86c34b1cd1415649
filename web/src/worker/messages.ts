import type { Bytes } from "../envelope/bytes.ts";
import type { ContentSpan } from "../envelope/contentSpan.ts";
import type { EnvelopeFailure } from "../envelope/envelopeFailure.ts";
import type { Manifest } from "../envelope/manifest.ts";
import type { ContentEnding } from "./resumedContent.ts";

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

/** Where the server has the records of what was claimed. */
export interface RecordsAway {
  /** The server's address, which ends in a slash. */
  readonly server: string;
  readonly id: string;
  readonly token: string;
  /** The length of all records. */
  readonly size: number;
}

/** Those bytes of the content, or the zip of all files. */
export type Wanted = ContentSpan | "zip";

/** What is to be brought to whoever takes bytes from the other end of a port. */
export interface Delivery {
  /** All of them, where they came with the claim. */
  readonly records: Bytes | RecordsAway;
  readonly wanted: Wanted;
  readonly into: MessagePort;
  /** Says how it goes. Whatever is said to it ends the delivery. */
  readonly report: MessagePort;
}

export type Report =
  | { readonly kind: "reached"; readonly bytes: number }
  /** It waits for so many seconds and goes on by itself. */
  | { readonly kind: "waiting"; readonly seconds: number };

/** What a page asks of the worker; each is answered once, in the order in which they were asked. */
export type Asked =
  | { readonly act: "seal"; readonly secret: Secret; readonly passphrase: string; readonly envelope: MessagePort }
  | { readonly act: "derive"; readonly linkKey: string; readonly header: Bytes; readonly passphrase: string }
  | { readonly act: "open-manifest"; readonly manifest: Bytes; readonly size: number }
  | ({ readonly act: "deliver" } & Delivery);

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

/** How a delivery ended: taken to its end, every byte verified; given up, on either side; or as it could not be had. */
export type DeliverAnswer =
  | { readonly kind: "delivered" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "damaged"; readonly failure: EnvelopeFailure }
  | ContentEnding;

/** Asked out of order, or anything else that is a mistake of ours. */
export interface Mistake {
  readonly kind: "mistake";
  readonly message: string;
}

export type Answer = SealAnswer | DeriveAnswer | ManifestAnswer | DeliverAnswer | Mistake;
