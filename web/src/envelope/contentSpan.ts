import { paddedLength } from "./padding.ts";
import { recordContentLength, tagLength } from "./records.ts";

/** Which bytes of the content: from this one on, and before that one. */
export interface ContentSpan {
  readonly from: number;
  readonly to: number;
}

/** The records that hold a span, whole, since only whole ones can be opened. */
export interface RecordSpan {
  /** The number of the first, counted from 0. */
  readonly first: number;
  /** How many bytes of the first lie before the span. */
  readonly skip: number;
  /** How much there is in them, opened. */
  readonly padded: number;
  /** Whether the span ends with the content, so that behind it there is nothing but padding. */
  readonly toEnd: boolean;
  /** Whether the last record of all is among them, which a span may end within too. */
  readonly withLast: boolean;
  /** Where they lie among the sealed records: from this byte on, and before that one. */
  readonly sealed: ContentSpan;
}

/**
 * The records of a span in content of this length. A span that ends with the content takes the padding along, so that
 * whoever reads spans up to the last byte has verified the end too.
 */
export function recordsOf({ from, to }: ContentSpan, length: number): RecordSpan {
  if (!(from >= 0 && from <= to && to <= length)) {
    throw new RangeError("There is no such span in this content.");
  }
  const whole = paddedLength(length);
  const toEnd = to === length;
  const first = Math.floor(from / recordContentLength);
  const begin = first * recordContentLength;
  const end = toEnd ? whole : Math.min(whole, from === to ? begin : roundedUp(to));
  const sealed = { from: begin + first * tagLength, to: end + Math.ceil(end / recordContentLength) * tagLength };
  const padded = Math.max(0, end - begin);
  return { first, skip: from - begin, padded, toEnd, withLast: end === whole, sealed };
}

function roundedUp(at: number): number {
  return Math.ceil(at / recordContentLength) * recordContentLength;
}
