import { ClaimToken } from "../../api/claimToken.ts";
import type { Bytes } from "../../envelope/bytes.ts";
import { EnvelopeHeader } from "../../envelope/envelopeHeader.ts";
import { SealedManifest } from "../../envelope/sealedManifest.ts";
import type { ShareId } from "../../envelope/shareId.ts";
import { decodeBase64Url, encodeBase64Url } from "../../envelope/strictBase64Url.ts";

/** What the server answered to a claim: what it takes to go on after the page was left. */
export interface Taken {
  /** Sealed. */
  readonly manifest: Bytes;
  /** The length of the records. */
  readonly size: number;
  readonly leaseUntil: Date;
  /** The files that have been handed over whole, by their number. */
  readonly handed: readonly number[];
}

export interface KeptClaim {
  readonly token: ClaimToken;
  readonly header: Bytes;
  /** Null as long as no answer has come: it may have been taken, or not. */
  readonly taken: Taken | null;
}

/** The browser's own store, or what it has of one. */
export type KeyedTexts = Pick<Storage, "getItem" | "key" | "length" | "removeItem" | "setItem">;

const prefix = "ots.claim.";
const most = 20;
// No share is longer on its way than this, so a claim without an answer is worth nothing afterwards.
const unansweredDays = 8;

/**
 * What this browser has taken and not acknowledged, so that a reload is no loss. Nothing in here opens anything: the
 * link key stays in the link, and the passphrase with its reader.
 */
export class KeptClaims {
  readonly #texts: KeyedTexts | null;
  readonly #now: () => Date;

  /** Null where the browser keeps nothing: then a claim lasts as long as its page. */
  constructor(texts: KeyedTexts | null, now: () => Date = () => new Date()) {
    this.#texts = texts;
    this.#now = now;
  }

  find(id: ShareId): KeptClaim | null {
    this.#sweep();
    const text = this.#texts?.getItem(prefix + id.toString()) ?? null;
    return text === null ? null : parse(text);
  }

  keep(id: ShareId, { token, header, taken }: KeptClaim): void {
    const kept = {
      token: token.toText(),
      header: encodeBase64Url(header),
      until: (taken?.leaseUntil ?? this.#inDays(unansweredDays)).toISOString(),
      ...(taken !== null && {
        manifest: encodeBase64Url(taken.manifest),
        size: taken.size,
        handed: taken.handed,
      }),
    };
    this.#sweep();
    try {
      this.#texts?.setItem(prefix + id.toString(), JSON.stringify(kept));
    } catch {
      // Full, or not allowed to: it lasts as long as the page then.
    }
  }

  forget(id: ShareId): void {
    this.#texts?.removeItem(prefix + id.toString());
  }

  /** Drops what is over, and the oldest of what is too many. */
  #sweep(): void {
    if (this.#texts === null) {
      return;
    }
    const texts = this.#texts;
    const names = Array.from({ length: texts.length }, (_, at) => texts.key(at) ?? "").filter((name) =>
      name.startsWith(prefix),
    );
    const live = names
      .map((name) => ({ name, until: untilOf(texts.getItem(name) ?? "") }))
      .sort((a, b) => b.until - a.until)
      .filter(({ until }, at) => until > this.#now().getTime() && at < most);
    const kept = new Set(live.map(({ name }) => name));
    names.filter((name) => !kept.has(name)).forEach((name) => {
      texts.removeItem(name);
    });
  }

  #inDays(days: number): Date {
    return new Date(this.#now().getTime() + days * 86_400_000);
  }
}

interface KeptFields {
  readonly token?: unknown;
  readonly header?: unknown;
  readonly until?: unknown;
  readonly manifest?: unknown;
  readonly size?: unknown;
  readonly handed?: unknown;
}

function parse(text: string): KeptClaim | null {
  const fields = fieldsOf(text);
  const token = ClaimToken.parse(textOf(fields.token));
  const header = decodeBase64Url(textOf(fields.header), EnvelopeHeader.length);
  if (token === null || header === null) {
    return null;
  }
  const manifest = decodeBase64Url(textOf(fields.manifest));
  const { size, handed } = fields;
  const taken =
    manifest !== null && SealedManifest.isLength(manifest.length) && typeof size === "number" && Array.isArray(handed)
      ? { manifest, size, leaseUntil: new Date(textOf(fields.until)), handed: handed.filter(isFileNumber) }
      : null;
  return { token, header, taken };
}

function untilOf(text: string): number {
  const until = new Date(textOf(fieldsOf(text).until)).getTime();
  return Number.isNaN(until) ? 0 : until;
}

function fieldsOf(text: string): KeptFields {
  try {
    const fields: unknown = JSON.parse(text);
    return typeof fields === "object" && fields !== null ? fields : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isFileNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** The store of this browser; null where it lets nobody have one. */
export function browserTexts(): KeyedTexts | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
