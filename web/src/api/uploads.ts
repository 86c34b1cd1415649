import type { Bytes } from "../envelope/bytes.ts";
import { ShareId } from "../envelope/shareId.ts";
import type { CreateRefusal, EndOutcome } from "./answers.ts";
import { createRefusals, createTokenHeader, ttlQuery, type Creating } from "./creating.ts";
import type { Abortable, Exchange } from "./exchange.ts";
import type { ReceiptToken } from "./receiptToken.ts";
import { readRefusal, unexpected, type RefusalOf, type Trouble } from "./refusal.ts";

/** Room has been made, until then where nothing comes; the id is the share's. */
export type BeginOutcome =
  | { readonly kind: "begun"; readonly id: ShareId; readonly idleUntil: Date | null }
  | CreateRefusal
  | RefusalOf<"too-many-uploads">
  | Trouble;

/** How much has arrived; all of it, and it is a share, once it is published. */
export type OffsetOutcome =
  | { readonly kind: "offset"; readonly offset: number; readonly length: number; readonly published: boolean }
  | RefusalOf<"not-found">
  | Trouble;

/** Where to go on from; or upload-offset, where that is somewhere else than this request did: ask for the offset. */
export type AppendOutcome =
  | { readonly kind: "appended"; readonly offset: number; readonly published: boolean }
  | RefusalOf<"malformed-envelope" | "not-found" | "storage-full" | "too-large" | "upload-offset">
  | Trouble;

const tus = { "Tus-Resumable": "1.0.0" } as const;

/**
 * Large envelopes, in pieces that resume: tus 1.0.0. After a broken append a caller asks for the offset, and goes on
 * from there with the very bytes that were sealed: a secret that is sealed again is another envelope.
 */
export class Uploads {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** Makes room for an envelope of this length. */
  begin(length: number, receiptToken: ReceiptToken, creating: Creating = {}): Promise<BeginOutcome> {
    const request = {
      method: "POST",
      path: `uploads${ttlQuery(creating)}`,
      bearer: receiptToken.toText(),
      headers: { ...tus, "Upload-Length": `${length}`, ...createTokenHeader(creating) },
      signal: creating.signal,
    } as const;
    return this.#exchange.send(request, async (response) => {
      if (response.status !== 201) {
        return readRefusal(response, [...createRefusals, "too-many-uploads"]);
      }
      await response.arrayBuffer(); // empty, and what is not read to its end looks broken off
      const id = ShareId.parse(response.headers.get("Location")?.split("/").at(-1) ?? "");
      return id === null ? unexpected(response) : { kind: "begun" as const, id, idleUntil: expires(response) };
    });
  }

  offset(id: ShareId, receiptToken: ReceiptToken, { signal }: Abortable = {}): Promise<OffsetOutcome> {
    const request = { method: "HEAD", path: pathOf(id), bearer: receiptToken.toText(), headers: tus, signal } as const;
    return this.#exchange.send(request, async (response) => {
      if (response.status !== 200) {
        return readRefusal(response, ["not-found"]);
      }
      const offset = number(response, "Upload-Offset");
      const length = number(response, "Upload-Length");
      return offset === null || length === null
        ? unexpected(response)
        : { kind: "offset" as const, offset, length, published: expires(response) === null };
    });
  }

  /** Sends the next bytes, which begin at this offset. What has arrived of a request that breaks may count. */
  append(
    id: ShareId,
    receiptToken: ReceiptToken,
    offset: number,
    bytes: Bytes | Blob,
    { signal }: Abortable = {},
  ): Promise<AppendOutcome> {
    const request = {
      method: "PATCH",
      path: pathOf(id),
      bearer: receiptToken.toText(),
      headers: { ...tus, "Content-Type": "application/offset+octet-stream", "Upload-Offset": `${offset}` },
      body: bytes,
      signal,
    } as const;
    return this.#exchange.send(request, async (response) => {
      if (response.status !== 204) {
        return readRefusal(response, ["malformed-envelope", "not-found", "storage-full", "too-large", "upload-offset"]);
      }
      const now = number(response, "Upload-Offset");
      return now === null
        ? unexpected(response)
        : { kind: "appended" as const, offset: now, published: expires(response) === null };
    });
  }

  /** Gives the upload up. */
  end(id: ShareId, receiptToken: ReceiptToken, { signal }: Abortable = {}): Promise<EndOutcome> {
    const bearer = receiptToken.toText();
    const request = { method: "DELETE", path: pathOf(id), bearer, headers: tus, signal } as const;
    return this.#exchange.send(request, async (response) =>
      response.status === 204 ? { kind: "ended" as const } : readRefusal(response, ["not-found"]),
    );
  }
}

function pathOf(id: ShareId): string {
  return `uploads/${id.toString()}`;
}

function number(response: Response, header: string): number | null {
  const text = response.headers.get(header) ?? "";
  return /^\d+$/.test(text) ? Number(text) : null;
}

// An upload has a time at which it ends where nothing comes; what is published has none.
function expires(response: Response): Date | null {
  const text = response.headers.get("Upload-Expires");
  return text === null ? null : new Date(text);
}
