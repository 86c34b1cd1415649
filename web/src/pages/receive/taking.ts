import type { Api } from "../../api.ts";
import { ClaimToken } from "../../api/claimToken.ts";
import type { Trouble } from "../../api/refusal.ts";
import type { Bytes } from "../../envelope/bytes.ts";
import type { ClaimProof } from "../../envelope/claimProof.ts";
import { EnvelopeHeader } from "../../envelope/envelopeHeader.ts";
import { KeySchedule } from "../../envelope/keySchedule.ts";
import type { LinkKey } from "../../envelope/linkKey.ts";
import type { LinkProof } from "../../envelope/linkProof.ts";
import type { ShareId } from "../../envelope/shareId.ts";
import type { EnvelopeAway, Following } from "../../worker/envelopeAway.ts";
import type { DeliverAnswer, Wanted } from "../../worker/messages.ts";
import type { KeptClaim, KeptClaims, Taken } from "./keptClaim.ts";
import type { Claimed, Looked, NotTheOne, Stop, Unlocked } from "./outcomes.ts";

interface Proofs {
  readonly link: LinkProof;
  readonly claim: ClaimProof;
}

/** One reader's way from a link to its content: look, unlock, claim, go on, acknowledge. */
export class Taking {
  readonly #api: Api;
  readonly #away: EnvelopeAway;
  readonly #kept: KeptClaims;
  readonly #id: ShareId;
  readonly #linkKey: LinkKey;
  #claim: KeptClaim | null = null;
  #header: Bytes | null = null;
  #proofs: Proofs | null = null;
  #records: Bytes | null = null;

  constructor(api: Api, away: EnvelopeAway, kept: KeptClaims, id: ShareId, linkKey: LinkKey) {
    this.#api = api;
    this.#away = away;
    this.#kept = kept;
    this.#id = id;
    this.#linkKey = linkKey;
  }

  /** Asks what there is; nothing is taken or counted. */
  async look(): Promise<Looked> {
    this.#claim = this.#kept.find(this.#id);
    if (this.#claim?.taken) {
      return this.#lookAtTaken(this.#claim, this.#claim.taken.leaseUntil);
    }
    const outcome = await this.#api.preview(this.#id, await KeySchedule.linkProof(this.#linkKey));
    if (outcome.kind === "pending") {
      this.#header = outcome.header;
      return { kind: "pending", passphrase: outcome.passphrase };
    }
    return outcome.kind === "gone" && outcome.state === "claimed" && this.#claim !== null
      ? this.#lookAtTaken(this.#claim, null)
      : this.#stopped(outcome);
  }

  /** Shows what is in it; nothing is taken, but a wrong passphrase is counted. */
  async unlock(passphrase: string): Promise<Unlocked | Stop> {
    const proofs = await this.#derive(passphrase);
    if ("kind" in proofs) {
      return proofs;
    }
    const outcome = await this.#api.unlock(this.#id, proofs.link, proofs.claim);
    if (outcome.kind !== "unlocked") {
      return this.#stopped(outcome);
    }
    const opened = await this.#away.openManifest(outcome.manifest, outcome.size);
    return opened.kind === "manifest"
      ? { kind: "unlocked", manifest: opened.manifest, expiresAt: outcome.expiresAt }
      : { kind: "damaged", failure: opened.failure };
  }

  /** Takes it. The token is kept before it is sent, and is the same however often this is repeated. */
  async claim(): Promise<Claimed | Stop> {
    if (this.#proofs === null || this.#header === null) {
      throw new Error("Nothing is claimed that has not been unlocked.");
    }
    this.#claim ??= { token: ClaimToken.create(), header: this.#header, taken: null };
    this.#kept.keep(this.#id, this.#claim);
    const { token, header } = this.#claim;
    const outcome = await this.#api.claim(this.#id, this.#proofs.link, this.#proofs.claim, token);
    if (outcome.kind !== "claimed") {
      return this.#stopped(outcome);
    }
    this.#records = outcome.content;
    const { manifest, size, leaseUntil } = outcome;
    const taken = { manifest, size, leaseUntil, handed: [] };
    this.#keep({ token, header, taken });
    return this.#open(taken);
  }

  /** Goes on with what was taken before: by what is kept, or else by the same claim again. */
  async goOn(passphrase: string): Promise<Claimed | NotTheOne | Stop> {
    const proofs = await this.#derive(passphrase);
    if ("kind" in proofs) {
      return proofs.kind === "damaged" && proofs.failure === "malformed-passphrase" ? { kind: "not-the-one" } : proofs;
    }
    const taken = this.#claim?.taken ?? null;
    const outcome = taken === null ? await this.claim() : await this.#open(taken);
    return outcome.kind === "damaged" && outcome.failure === "manifest-tampered" && passphrase !== ""
      ? { kind: "not-the-one" }
      : outcome;
  }

  /** The files that have been handed over whole. */
  get handed(): readonly number[] {
    return this.#claim?.taken?.handed ?? [];
  }

  /** Brings what is wanted of it to whoever takes bytes from the other end of a port. */
  deliver(wanted: Wanted, into: MessagePort, following: Following): Promise<DeliverAnswer> {
    if (!this.#claim?.taken) {
      throw new Error("There is no content without a claim.");
    }
    const { token, taken } = this.#claim;
    const { server } = this.#api;
    const records = this.#records ?? { server, id: this.#id.toString(), token: token.toText(), size: taken.size };
    return this.#away.deliver({ records, wanted, into }, following);
  }

  /** These files are verified and where they belong. */
  handOver(files: readonly number[]): void {
    const claim = this.#claim;
    if (claim?.taken) {
      this.#keep({ ...claim, taken: { ...claim.taken, handed: [...new Set([...claim.taken.handed, ...files])] } });
    }
  }

  /** Says that all of it has arrived, whereupon the server deletes it. */
  async acknowledge(): Promise<{ readonly kind: "ended" } | Trouble> {
    if (this.#claim === null) {
      throw new Error("Nothing has been taken.");
    }
    const outcome = await this.#api.acknowledge(this.#id, this.#claim.token);
    if (outcome.kind === "ended" || outcome.kind === "not-found") {
      this.forget();
      return { kind: "ended" }; // not found: its record is gone too
    }
    return outcome;
  }

  forget(): void {
    this.#claim = null;
    this.#records = null;
    this.#kept.forget(this.#id);
  }

  #lookAtTaken({ header }: KeptClaim, leaseUntil: Date | null): Looked {
    this.#header = header;
    const read = EnvelopeHeader.read(header);
    return read.ok
      ? { kind: "taken", passphrase: read.value.kdf !== "none", leaseUntil }
      : { kind: "damaged", failure: read.failure };
  }

  async #derive(passphrase: string): Promise<Proofs | Stop> {
    if (this.#header === null) {
      throw new Error("Look first.");
    }
    const derived = await this.#away.derive(this.#linkKey.toFragment(), this.#header, passphrase);
    if (derived.kind === "failure") {
      return { kind: "damaged", failure: derived.failure };
    }
    return (this.#proofs = { link: derived.linkProof, claim: derived.claimProof });
  }

  async #open({ manifest, size, leaseUntil }: Taken): Promise<Claimed | Stop> {
    const opened = await this.#away.openManifest(manifest, size);
    return opened.kind === "manifest"
      ? { kind: "claimed", manifest: opened.manifest, leaseUntil }
      : { kind: "damaged", failure: opened.failure };
  }

  #keep(claim: KeptClaim): void {
    this.#claim = claim;
    this.#kept.keep(this.#id, claim);
  }

  /** Nothing is kept of what is over. A server that finds nothing may be a wrong one for a moment. */
  #stopped<S extends Stop>(stop: S): S {
    if (stop.kind === "gone") {
      this.forget();
    }
    return stop;
  }
}
