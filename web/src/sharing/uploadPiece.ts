import type { RefusalOf, Trouble } from "../api/refusal.ts";
import type { ShareId } from "../envelope/shareId.ts";
import { isPassing, type Passing } from "../api/patience.ts";
import type { Uploading } from "./uploadEnvelope.ts";

export type PieceOutcome =
  | { readonly kind: "arrived" }
  | RefusalOf<"malformed-envelope" | "storage-full" | "too-large">
  | { readonly kind: "forgotten" }
  | Exclude<Trouble, Passing>;

/** One piece of an upload, kept and sent unchanged until the server has all of it. */
export class UploadPiece {
  readonly #piece: Blob;
  readonly #start: number;
  readonly #id: ShareId;
  readonly #uploading: Uploading;
  /** How far into the upload the server is. */
  #at: number;

  constructor(piece: Blob, start: number, id: ShareId, uploading: Uploading) {
    this.#piece = piece;
    this.#start = start;
    this.#id = id;
    this.#uploading = uploading;
    this.#at = start;
  }

  async send(): Promise<PieceOutcome> {
    const { api, receiptToken, signal, patience, onArrived } = this.#uploading;
    const end = this.#start + this.#piece.size;
    while (this.#at < end) {
      const rest = this.#piece.slice(this.#at - this.#start);
      const outcome = await api.uploads.append(this.#id, receiptToken, this.#at, rest, { signal });
      if (outcome.kind === "appended") {
        patience.reward();
        this.#at = outcome.offset;
      } else if (isPassing(outcome)) {
        await patience.wait(outcome);
        const refused = await this.#find();
        if (refused !== null) {
          return refused;
        }
      } else if (outcome.kind === "upload-offset") {
        // What was on its way when a connection broke may still be arriving.
        await patience.wait({ kind: "no-answer" });
        const refused = await this.#find();
        if (refused !== null) {
          return refused;
        }
      } else {
        return outcome.kind === "not-found" ? { kind: "forgotten" } : outcome;
      }
      if (this.#at < this.#start || this.#at > end) {
        return { kind: "forgotten" };
      }
      onArrived(this.#at);
    }
    return { kind: "arrived" };
  }

  /** Asks where to go on; null, or why that is nowhere. */
  async #find(): Promise<PieceOutcome | null> {
    const { api, receiptToken, signal, patience } = this.#uploading;
    const found = await patience.ask(() => api.uploads.offset(this.#id, receiptToken, { signal }));
    if (found.kind !== "offset") {
      return found.kind === "not-found" ? { kind: "forgotten" } : found;
    }
    this.#at = found.offset;
    return null;
  }
}
