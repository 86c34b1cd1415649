import type { Bytes } from "../envelope/bytes.ts";
import type { ShareId } from "../envelope/shareId.ts";
import type { createRefusals } from "./creating.ts";
import type { GoneState, RefusalOf, Trouble } from "./refusal.ts";

/** What a server allows. Sizes are in bytes, times in seconds. */
export interface Policy {
  /** The largest sum of the files' sizes. */
  readonly maxSize: number;
  readonly ttl: { readonly default: number; readonly min: number; readonly max: number };
  /** What file names may end in; ["*"] for anything. */
  readonly extensions: readonly string[];
  readonly maxPassphraseAttempts: number;
  /** Whether creating needs a token. */
  readonly createToken: boolean;
}

/** What a sender may see of a share. Times that have not come are null. */
export interface Receipt {
  readonly state: "pending" | GoneState;
  readonly locked: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly claimedAt: Date | null;
  readonly endedAt: Date | null;
  readonly failedAttempts: number;
}

export type PolicyOutcome = { readonly kind: "policy"; readonly policy: Policy } | Trouble;

/** Why an envelope is not taken. */
export type CreateRefusal = RefusalOf<(typeof createRefusals)[number]>;

export type CreateOutcome =
  { readonly kind: "created"; readonly id: ShareId; readonly expiresAt: Date } | CreateRefusal | Trouble;

export type PreviewOutcome =
  | {
      readonly kind: "pending";
      /** The envelope's 24 bytes, for EnvelopeHeader.read. */
      readonly header: Bytes;
      /** The length of the records. */
      readonly size: number;
      readonly passphrase: boolean;
      readonly expiresAt: Date;
    }
  | RefusalOf<"gone" | "not-found">
  | Trouble;

/** Why a recipient does not get further. */
export type CheckRefusal = RefusalOf<"gone" | "locked" | "not-found" | "wrong-passphrase">;

export type UnlockOutcome =
  | {
      readonly kind: "unlocked";
      /** Sealed, for SealedManifest.read. */
      readonly manifest: Bytes;
      readonly size: number;
      readonly expiresAt: Date;
    }
  | CheckRefusal
  | Trouble;

export type ClaimOutcome =
  | {
      readonly kind: "claimed";
      readonly manifest: Bytes;
      readonly size: number;
      readonly leaseUntil: Date;
      /** The records where there is only one; else they are fetched. */
      readonly content: Bytes | null;
    }
  | CheckRefusal
  | Trouble;

export type ContentOutcome =
  | {
      readonly kind: "content";
      /** The records from there on; it throws where the connection breaks. */
      readonly body: ReadableStream<Bytes>;
      /** Where in the records this begins: 0 where the server sends all of them after all. */
      readonly from: number;
      /** The length of all records. */
      readonly size: number;
      readonly etag: string | null;
    }
  | RefusalOf<"gone" | "lost" | "not-found" | "range-not-satisfiable">
  | Trouble;

export type EndOutcome = { readonly kind: "ended" } | RefusalOf<"not-found"> | Trouble;

export type ReceiptOutcome = { readonly kind: "receipt"; readonly receipt: Receipt } | RefusalOf<"not-found"> | Trouble;

export type AllowOutcome = { readonly kind: "allowed" } | RefusalOf<"not-found"> | Trouble;
