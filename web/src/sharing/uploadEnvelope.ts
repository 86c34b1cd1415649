import type { Api } from "../api.ts";
import type { CreateRefusal } from "../api/answers.ts";
import type { ReceiptToken } from "../api/receiptToken.ts";
import type { RefusalOf, Trouble } from "../api/refusal.ts";
import type { Bytes } from "../envelope/bytes.ts";
import type { ShareId } from "../envelope/shareId.ts";
import type { Patience, Passing } from "../api/patience.ts";
import { inPiecesOf } from "./pieces.ts";
import { UploadPiece } from "./uploadPiece.ts";

/** 8 MiB: what goes in one request, and how long the pieces are of what does not. */
export const pieceLength = 8 * 1024 * 1024;

/** A sealed secret on its way: its bytes come once, in order, and throw where a file cannot be read any more. */
export interface Sealing {
  readonly length: number;
  readonly envelope: AsyncGenerator<Bytes, void, undefined>;
}

export interface Uploading {
  readonly api: Api;
  readonly receiptToken: ReceiptToken;
  readonly ttl: number;
  readonly createToken: string | undefined;
  /** Aborting throws its reason here, and ends the upload on the server. */
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** So many bytes are at the server. */
  readonly onArrived: (bytes: number) => void;
  /** The server has made room for it, under the id of the share to come. */
  readonly onBegun?: (id: ShareId) => void;
  /** Of what goes in one request, and of a piece; bytes. */
  readonly pieceLength?: number;
}

export type UploadOutcome =
  | { readonly kind: "published"; readonly id: ShareId; readonly expiresAt: Date }
  | CreateRefusal
  | RefusalOf<"too-many-uploads">
  /** A file cannot be read any more, or has changed since it was chosen. */
  | { readonly kind: "unreadable" }
  /** The server does not know the upload any more: it was silent for too long. */
  | { readonly kind: "forgotten" }
  /** It may have been published, and nobody knows under which id: it has to be sealed again, under another key. */
  | { readonly kind: "answer-lost" }
  | Exclude<Trouble, Passing>;

/** Uploads a sealed secret: in one request, or in pieces with the next one being sealed while one is on its way. */
export async function uploadEnvelope(sealing: Sealing, uploading: Uploading): Promise<UploadOutcome> {
  const length = uploading.pieceLength ?? pieceLength;
  const pieces = inPiecesOf(length, sealing.envelope);
  try {
    return sealing.length <= length
      ? await uploadAtOnce(pieces, uploading)
      : await uploadInPieces(pieces, sealing.length, uploading);
  } finally {
    await sealing.envelope.return();
  }
}

// An answer that is lost may leave a share behind. Nobody knows its id, so nobody can burn it; but the next one has the
// same link key only if it is the same envelope, and so it must not be: what is left is to be bytes without a key.
async function uploadAtOnce(pieces: AsyncGenerator<Blob, void>, uploading: Uploading): Promise<UploadOutcome> {
  const whole = await nextOf(pieces);
  if (whole === unreadable || whole === null) {
    return { kind: "unreadable" };
  }
  const { api, receiptToken, patience } = uploading;
  for (;;) {
    const outcome = await api.create(whole, receiptToken, uploading);
    switch (outcome.kind) {
      case "created":
        uploading.onArrived(whole.size);
        return { ...outcome, kind: "published" };
      case "rate-limited": // the one that comes before anything is read
        await patience.wait(outcome);
        break;
      case "no-answer":
      case "unavailable":
        await patience.wait(outcome);
        return { kind: "answer-lost" };
      default:
        return outcome;
    }
  }
}

async function uploadInPieces(
  pieces: AsyncGenerator<Blob, void>,
  length: number,
  uploading: Uploading,
): Promise<UploadOutcome> {
  const { api, receiptToken, patience } = uploading;
  const begun = await patience.ask(() => api.uploads.begin(length, receiptToken, uploading));
  if (begun.kind !== "begun") {
    return begun;
  }
  uploading.onBegun?.(begun.id);
  let outcome: UploadOutcome | null = null;
  try {
    outcome = await sendAll(pieces, begun.id, uploading);
    return outcome;
  } finally {
    if (outcome?.kind !== "published") {
      // Whatever comes of it: what is not ended here, the server forgets by itself.
      await api.uploads.end(begun.id, receiptToken);
    }
  }
}

async function sendAll(
  pieces: AsyncGenerator<Blob, void>,
  id: ShareId,
  uploading: Uploading,
): Promise<UploadOutcome> {
  let start = 0;
  let sealed = nextOf(pieces);
  for (let piece = await sealed; piece !== null; piece = await sealed) {
    if (piece === unreadable) {
      return { kind: "unreadable" };
    }
    sealed = nextOf(pieces);
    const outcome = await new UploadPiece(piece, start, id, uploading).send();
    if (outcome.kind !== "arrived") {
      return outcome;
    }
    start += piece.size;
  }
  const { api, receiptToken, patience, signal } = uploading;
  const receipt = await patience.ask(() => api.receipt(id, receiptToken, { signal }));
  switch (receipt.kind) {
    case "receipt":
      return { kind: "published", id, expiresAt: receipt.receipt.expiresAt };
    case "not-found":
      return { kind: "forgotten" };
    case "unexpected":
      return receipt;
  }
}

const unreadable = Symbol();

// Never a rejection: it may come while a piece is on its way, and nobody waits for it then.
async function nextOf(pieces: AsyncGenerator<Blob, void>): Promise<Blob | null | typeof unreadable> {
  try {
    const next = await pieces.next();
    return next.done === true ? null : next.value;
  } catch {
    return unreadable;
  }
}
