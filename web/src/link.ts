import { ReceiptToken } from "./api/receiptToken.ts";
import { LinkKey } from "./envelope/linkKey.ts";
import { ShareId } from "./envelope/shareId.ts";

/** What a sender hands on: https://host/d/{id}#{link key}, with a path before /d/ where the server lives below one. */
export interface ShareLink {
  /** The server's address, ending in a slash. */
  readonly server: string;
  readonly id: ShareId;
  readonly linkKey: LinkKey;
  /** Whether something on the way has turned # into %23, so that the key may have reached the server. */
  readonly mangled: boolean;
}

/** What a sender keeps: https://host/r/{id}#{receipt token}. */
export interface ReceiptLink {
  readonly server: string;
  readonly id: ShareId;
  readonly receiptToken: ReceiptToken;
}

/** The address of something of one share, cut as it is spelled: URL would make one spelling of several. */
interface Address {
  readonly server: string;
  readonly id: ShareId;
  readonly fragment: string;
  readonly mangled: boolean;
}

/** Reads a link with white space around it or a query, which both are dropped; null where it is none. */
export function parseShareLink(text: string): ShareLink | null {
  const address = parseAddress(text, "/d/");
  if (address === null) {
    return null;
  }
  const { server, id, fragment, mangled } = address;
  const linkKey = LinkKey.parse(fragment);
  return linkKey.ok ? { server, id, linkKey: linkKey.value, mangled } : null;
}

/** The link in full, a secret. The server's address ends in a slash. */
export function formatShareLink(server: string, id: ShareId, linkKey: LinkKey): string {
  return `${server}d/${id.toString()}#${linkKey.toFragment()}`;
}

/** As parseShareLink; a mangled receipt link is one too, since its token opens nothing. */
export function parseReceiptLink(text: string): ReceiptLink | null {
  const address = parseAddress(text, "/r/");
  const receiptToken = address && ReceiptToken.parse(address.fragment);
  return receiptToken && { server: address.server, id: address.id, receiptToken };
}

/** The receipt link in full, a secret too: whoever has it can burn the share. */
export function formatReceiptLink(server: string, id: ShareId, receiptToken: ReceiptToken): string {
  return `${server}r/${id.toString()}#${receiptToken.toText()}`;
}

/** The key in what a person pasted where a key is asked for: the key alone, its fragment or the whole link. */
export function keyIn(text: string): string {
  const trimmed = text.trim();
  return /(?:#|%23)(?<key>[^#%]*)$/.exec(trimmed)?.groups?.["key"] ?? trimmed;
}

/** The server of the page at this address, which is one of the doors: what comes before them, with its slash. */
export function serverOf(page: string): string {
  const { origin, pathname } = new URL(page);
  return origin + pathname.replace(/(?:[dr]\/)?[^/]*$/, "");
}

function parseAddress(text: string, door: "/d/" | "/r/"): Address | null {
  const parts = /^(?<address>[^#?]*?)(?<query>\?[^#]*)?(?<hash>#|%23)(?<fragment>.*)$/.exec(text.trim())?.groups;
  const spelled = parts?.["address"];
  if (parts === undefined || spelled === undefined) {
    return null;
  }
  const at = spelled.lastIndexOf("/") + 1;
  const id = ShareId.parse(spelled.slice(at));
  const server = spelled.slice(0, at).endsWith(door) ? httpAddress(spelled.slice(0, at - door.length + 1)) : null;
  if (id === null || server === null) {
    return null;
  }
  const mangled = parts["hash"] === "%23" || new URLSearchParams(parts["query"]).has("mangled");
  return { server, id, fragment: parts["fragment"] ?? "", mangled };
}

function httpAddress(text: string): string | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).href : null;
}
