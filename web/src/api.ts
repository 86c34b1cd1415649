import type {
  AllowOutcome,
  ClaimOutcome,
  ContentOutcome,
  CreateOutcome,
  EndOutcome,
  PolicyOutcome,
  PreviewOutcome,
  ReceiptOutcome,
  UnlockOutcome,
} from "./api/answers.ts";
import type { ClaimToken } from "./api/claimToken.ts";
import { rangeHeaders, readContent, type ContentPart } from "./api/content.ts";
import { createRefusals, createTokenHeader, ttlQuery, type Creating } from "./api/creating.ts";
import { Exchange, readJson, type Abortable, type Fetch, type Request } from "./api/exchange.ts";
import { readPolicy } from "./api/policy.ts";
import { readReceipt } from "./api/receipt.ts";
import type { ReceiptToken } from "./api/receiptToken.ts";
import { readRefusal } from "./api/refusal.ts";
import { Uploads } from "./api/uploads.ts";
import type { Bytes } from "./envelope/bytes.ts";
import type { ClaimProof } from "./envelope/claimProof.ts";
import type { LinkProof } from "./envelope/linkProof.ts";
import { ShareId } from "./envelope/shareId.ts";

const envelopeType = "application/vnd.onetimeshare.envelope";

/**
 * The server's API for programs, in the order of a share's life. Each act is one request, and its outcome a union to
 * switch over: nothing is repeated in here, and nothing but a caller's own abort is thrown.
 */
export class Api {
  /** The same as create for large envelopes, in pieces that resume. */
  readonly uploads: Uploads;
  /** Its address. */
  readonly server: string;
  readonly #exchange: Exchange;

  /** The server's address ends in a slash. */
  constructor(server: string, fetch: Fetch = (input, init) => globalThis.fetch(input, init)) {
    this.server = server;
    this.#exchange = new Exchange(server, fetch);
    this.uploads = new Uploads(this.#exchange);
  }

  policy({ signal }: Abortable = {}): Promise<PolicyOutcome> {
    return this.#exchange.send({ method: "GET", path: "policy", signal }, async (response) =>
      response.status === 200 ? readJson(response, readPolicy) : readRefusal(response, []),
    );
  }

  /** Stores and publishes a whole envelope. */
  create(envelope: Bytes | Blob, receiptToken: ReceiptToken, creating: Creating = {}): Promise<CreateOutcome> {
    const request = {
      method: "POST",
      path: `shares${ttlQuery(creating)}`,
      bearer: receiptToken.toText(),
      headers: { "Content-Type": envelopeType, ...createTokenHeader(creating) },
      body: envelope,
      signal: creating.signal,
    } as const;
    return this.#exchange.send(request, async (response) =>
      response.status === 201
        ? readJson(response, (fields) => ({
            kind: "created" as const,
            id: fields.parsed("id", (text) => ShareId.parse(text)),
            expiresAt: fields.time("expires_at"),
          }))
        : readRefusal(response, createRefusals),
    );
  }

  /** What whoever has the link may know before they say more. */
  preview(id: ShareId, linkProof: LinkProof, { signal }: Abortable = {}): Promise<PreviewOutcome> {
    const request = { method: "GET", path: pathOf(id), bearer: linkProof.toText(), signal } as const;
    return this.#exchange.send(request, async (response) =>
      response.status === 200
        ? readJson(response, (fields) => ({
            kind: "pending" as const,
            header: fields.bytes("header"),
            size: fields.count("size"),
            passphrase: fields.flag("passphrase"),
            expiresAt: fields.time("expires_at"),
          }))
        : readRefusal(response, ["gone", "not-found"]),
    );
  }

  /** Shows the manifest and takes nothing; a wrong passphrase is counted. */
  unlock(id: ShareId, link: LinkProof, claim: ClaimProof, { signal }: Abortable = {}): Promise<UnlockOutcome> {
    const shown = { link_proof: link.toText(), claim_proof: claim.toText() };
    return this.#exchange.send(posted(`${pathOf(id)}/unlock`, shown, signal), async (response) =>
      response.status === 200
        ? readJson(response, (fields) => ({
            kind: "unlocked" as const,
            manifest: fields.bytes("manifest"),
            size: fields.count("size"),
            expiresAt: fields.time("expires_at"),
          }))
        : readRefusal(response, ["gone", "locked", "not-found", "wrong-passphrase"]),
    );
  }

  /** Takes the share. Whoever repeats it with the same token gets the same answer until the lease ends. */
  claim(
    id: ShareId,
    link: LinkProof,
    claim: ClaimProof,
    token: ClaimToken,
    { signal }: Abortable = {},
  ): Promise<ClaimOutcome> {
    const shown = { link_proof: link.toText(), claim_proof: claim.toText(), claim_token: token.toText() };
    return this.#exchange.send(posted(`${pathOf(id)}/claim`, shown, signal), async (response) =>
      response.status === 200
        ? readJson(response, (fields) => ({
            kind: "claimed" as const,
            manifest: fields.bytes("manifest"),
            size: fields.count("size"),
            leaseUntil: fields.time("lease_until"),
            content: fields.optional("content", (name) => fields.bytes(name)),
          }))
        : readRefusal(response, ["gone", "locked", "not-found", "wrong-passphrase"]),
    );
  }

  /** The records, or those bytes of them from and before; as often as needed until the lease ends. */
  content(id: ShareId, token: ClaimToken, part: ContentPart = {}): Promise<ContentOutcome> {
    const request = {
      method: "GET",
      path: `${pathOf(id)}/content`,
      bearer: token.toText(),
      headers: rangeHeaders(part),
      signal: part.signal,
    } as const;
    return this.#exchange.send(request, (response) => readContent(response, part));
  }

  /** "I have all of it": said when every byte is verified and where it belongs. */
  acknowledge(id: ShareId, token: ClaimToken, { signal }: Abortable = {}): Promise<EndOutcome> {
    return this.#end(id, token, signal);
  }

  /** The sender takes it back, whatever has become of it. */
  burn(id: ShareId, token: ReceiptToken, { signal }: Abortable = {}): Promise<EndOutcome> {
    return this.#end(id, token, signal);
  }

  receipt(id: ShareId, token: ReceiptToken, { signal }: Abortable = {}): Promise<ReceiptOutcome> {
    const request = { method: "GET", path: `${pathOf(id)}/receipt`, bearer: token.toText(), signal } as const;
    return this.#exchange.send(request, async (response) =>
      response.status === 200 ? readJson(response, readReceipt) : readRefusal(response, ["not-found"]),
    );
  }

  /** Forgets the wrong passphrases, so that a locked share is open again. */
  allowAttempts(id: ShareId, token: ReceiptToken, { signal }: Abortable = {}): Promise<AllowOutcome> {
    const request = { method: "POST", path: `${pathOf(id)}/attempts`, bearer: token.toText(), signal } as const;
    return this.#exchange.send(request, async (response) =>
      response.status === 204 ? { kind: "allowed" as const } : readRefusal(response, ["not-found"]),
    );
  }

  #end(id: ShareId, token: ClaimToken | ReceiptToken, signal: AbortSignal | undefined): Promise<EndOutcome> {
    const request = { method: "DELETE", path: pathOf(id), bearer: token.toText(), signal } as const;
    return this.#exchange.send(request, async (response) =>
      response.status === 204 ? { kind: "ended" as const } : readRefusal(response, ["not-found"]),
    );
  }
}

function pathOf(id: ShareId): string {
  return `shares/${id.toString()}`;
}

function posted(path: string, fields: Readonly<Record<string, string>>, signal: AbortSignal | undefined): Request {
  const headers = { "Content-Type": "application/json" };
  return { method: "POST", path, headers, body: JSON.stringify(fields), signal };
}
