import { Api } from "../api.ts";
import { ReceiptToken } from "../api/receiptToken.ts";
import { LinkKey } from "../envelope/linkKey.ts";
import type { ShareId } from "../envelope/shareId.ts";
import { formatReceiptLink, formatShareLink } from "../link.ts";
import { fetchWithProgress } from "../page/fetchWithProgress.ts";
import { startWorker, type StartedWorker } from "../page/startWorker.ts";
import { server } from "../scriptUrl.ts";
import type { SealRefusal } from "../worker/messages.ts";
import { secretOf, type Draft } from "./draft.ts";
import { Patience, type Passing } from "../api/patience.ts";
import { uploadEnvelope, type UploadOutcome } from "./uploadEnvelope.ts";

/** What a share that was just made leaves with its sender. */
export interface Shared {
  readonly kind: "shared";
  readonly id: ShareId;
  readonly link: string;
  readonly receiptLink: string;
  readonly expiresAt: Date;
}

export type ShareOutcome =
  | Shared
  | Exclude<UploadOutcome, { readonly kind: "answer-lost" | "published" }>
  | { readonly kind: SealRefusal }
  /** The worker does not start. */
  | { readonly kind: "worker" };

export interface Watching {
  /** Aborting throws its reason, and leaves nothing that anybody could open. */
  readonly signal: AbortSignal;
  /** What links begin with, ending in a slash. */
  readonly address: string;
  readonly onSealing: (length: number) => void;
  readonly onProgress: (bytes: number) => void;
  readonly onWaiting: (why: Passing, seconds: number) => void;
}

/** Seals a draft in a worker and uploads it; the link key never leaves this page. */
export async function shareDraft(draft: Draft, watching: Watching): Promise<ShareOutcome> {
  const worker = startWorker();
  try {
    return await Promise.race([sealAndUpload(draft, worker, watching), worker.failed]);
  } catch (error) {
    watching.signal.throwIfAborted();
    if (error instanceof TypeError) {
      return { kind: "worker" };
    }
    throw error;
  } finally {
    worker.end();
  }
}

async function sealAndUpload(draft: Draft, worker: StartedWorker, watching: Watching): Promise<ShareOutcome> {
  const patience = new Patience(watching.signal, watching.onWaiting);
  for (;;) {
    const outcome = await sealAndUploadOnce(draft, worker, patience, watching);
    if (outcome.kind !== "answer-lost") {
      return outcome;
    }
  }
}

async function sealAndUploadOnce(
  draft: Draft,
  { away }: StartedWorker,
  patience: Patience,
  watching: Watching,
): Promise<ShareOutcome | { readonly kind: "answer-lost" }> {
  const { signal, address, onSealing, onProgress } = watching;
  const sealing = await away.seal(secretOf(draft), draft.passphrase);
  signal.throwIfAborted();
  if (sealing.kind === "refused") {
    return { kind: sealing.reason };
  }
  onSealing(sealing.length);
  const receiptToken = ReceiptToken.create();
  let arrived = 0;
  const leaving = new AbortController();
  const outcome = await uploadEnvelope(sealing, {
    api: new Api(server, fetchWithProgress((sent) => {
      onProgress(arrived + sent);
    })),
    receiptToken,
    ttl: draft.lifetime,
    createToken: draft.createToken === "" ? undefined : draft.createToken,
    signal,
    patience,
    onArrived: (bytes) => {
      arrived = bytes;
      onProgress(bytes);
    },
    onBegun: (id) => {
      endWhenLeaving(id, receiptToken, leaving.signal);
    },
  }).finally(() => {
    leaving.abort();
  });
  return outcome.kind === "published" ? sharedOf(outcome, sealing.linkKey, receiptToken, address) : outcome;
}

function sharedOf(
  { id, expiresAt }: Extract<UploadOutcome, { readonly kind: "published" }>,
  fragment: string,
  receiptToken: ReceiptToken,
  address: string,
): Shared {
  const linkKey = LinkKey.parse(fragment);
  if (!linkKey.ok) {
    throw new Error("The worker has made a link key that is none.");
  }
  const link = formatShareLink(address, id, linkKey.value);
  linkKey.value.dispose();
  return { kind: "shared", id, link, receiptLink: formatReceiptLink(address, id, receiptToken), expiresAt };
}

// Whoever leaves in the middle leaves no half upload behind: a request that outlives the page ends it.
function endWhenLeaving(id: ShareId, receiptToken: ReceiptToken, signal: AbortSignal): void {
  const lasting = new Api(server, (input, init) => fetch(input, { ...init, keepalive: true }));
  const end = (): void => {
    void lasting.uploads.end(id, receiptToken);
  };
  addEventListener("pagehide", end, { signal });
}
