import { isPaddedLength, paddedLength } from "./padding.ts";

/** 65,536 bytes of content; only the last record may have less. */
export const recordContentLength = 65_536;

/** 16 bytes that AES-GCM adds. */
export const tagLength = 16;

/** 65,552 bytes. */
export const sealedRecordLength = recordContentLength + tagLength;

/** How many records a padded length makes. */
export function recordCount(padded: number): number {
  return Math.ceil(padded / recordContentLength);
}

/** The length of all records of content of this length, padded and sealed. */
export function sealedLengthOf(length: number): number {
  const padded = paddedLength(length);
  return padded + recordCount(padded) * tagLength;
}

/** Whether records of some padded length have exactly this length. */
export function isSealedLength(length: number): boolean {
  const count = Math.ceil(length / sealedRecordLength);
  const padded = length - count * tagLength;
  return Number.isSafeInteger(length) && isPaddedLength(padded) && recordCount(padded) === count;
}
