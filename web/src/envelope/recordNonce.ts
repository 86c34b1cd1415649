import type { Bytes } from "./bytes.ts";

/**
 * 11 bytes that count the records from 0, and 1 for the last record: none can be dropped, moved or followed by another
 * without a wrong nonce somewhere. Safe with a fixed key, since each content key seals one envelope.
 */
export function recordNonce(index: number, last: boolean): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(3, BigInt(index));
  nonce[11] = last ? 1 : 0;
  return nonce;
}
