import type { Abortable } from "./exchange.ts";

/** What a sender says besides the envelope: for how many seconds, and the operator's token where creating needs one. */
export interface Creating extends Abortable {
  readonly ttl?: number | undefined;
  readonly createToken?: string | undefined;
}

export const createRefusals = [
  "create-token",
  "lifetime",
  "malformed-envelope",
  "storage-full",
  "too-large",
] as const;

export function ttlQuery({ ttl }: Creating): string {
  return ttl === undefined ? "" : `?ttl=${ttl}`;
}

export function createTokenHeader({ createToken }: Creating): Readonly<Record<string, string>> {
  return createToken === undefined ? {} : { "OTS-Create-Token": createToken };
}
