import type { CheckRefusal } from "../../api/answers.ts";
import type { RefusalOf, Trouble } from "../../api/refusal.ts";
import type { EnvelopeFailure } from "../../envelope/envelopeFailure.ts";
import type { Manifest } from "../../envelope/manifest.ts";

/** Why it goes no further, for now or for good. */
export type Stop =
  | CheckRefusal
  | RefusalOf<"lost">
  | Trouble
  /** What is there is not what somebody sealed, or is nothing for this version. */
  | { readonly kind: "damaged"; readonly failure: EnvelopeFailure }
  /** This browser could not do its part: no memory, no room on the disk, a script that did not load. */
  | { readonly kind: "failed" };

/** What there is to be said before a passphrase is. */
export type Looked =
  | { readonly kind: "pending"; readonly passphrase: boolean }
  /** This browser has taken it; or has tried to and got no answer, and then it knows of no lease. */
  | { readonly kind: "taken"; readonly passphrase: boolean; readonly leaseUntil: Date | null }
  | Stop;

/** What one would take. */
export interface Unlocked {
  readonly kind: "unlocked";
  readonly manifest: Manifest;
  readonly expiresAt: Date;
}

/** It is this browser's own now, until then. */
export interface Claimed {
  readonly kind: "claimed";
  readonly manifest: Manifest;
  readonly leaseUntil: Date;
}

/** Not the passphrase, as this browser found by itself: the server has counted nothing. */
export interface NotTheOne {
  readonly kind: "not-the-one";
}
