import { Api } from "../api.ts";
import { ClaimToken } from "../api/claimToken.ts";
import { Patience } from "../api/patience.ts";
import type { ByteSource } from "../envelope/byteSource.ts";
import type { Bytes } from "../envelope/bytes.ts";
import { ContentReader } from "../envelope/contentReader.ts";
import { recordsOf, type ContentSpan } from "../envelope/contentSpan.ts";
import type { EnvelopeFailure } from "../envelope/envelopeFailure.ts";
import type { KeySchedule } from "../envelope/keySchedule.ts";
import { contentLength, type Manifest } from "../envelope/manifest.ts";
import { ShareId } from "../envelope/shareId.ts";
import { ZipLayout } from "../zip/zipLayout.ts";
import { zipOf } from "../zip/zipOf.ts";
import { BytePort, Stopped } from "./bytePort.ts";
import type { DeliverAnswer, Delivery, Report } from "./messages.ts";
import { ResumedContent, type ContentEnding } from "./resumedContent.ts";

/** Milliseconds between two reports. */
const reportEvery = 100;

class Damaged extends Error {
  readonly failure: EnvelopeFailure;

  constructor(failure: EnvelopeFailure) {
    super("It is damaged.");
    this.failure = failure;
  }
}

/**
 * Fetches what is wanted of the records, opens it, and brings it through the port, no faster than it is taken there.
 * Whoever has been told of the end has got all, verified; whatever else ends it fails there first.
 */
export async function deliverContent(
  { records, wanted, into, report }: Delivery,
  keys: KeySchedule,
  manifest: Manifest,
): Promise<DeliverAnswer> {
  const sink = new BytePort(into);
  const given = new AbortController();
  report.onmessage = () => {
    sink.stop();
  };
  void sink.taken.then((taken) => {
    if (!taken) {
      given.abort(); // at once, and not with the next bytes: they may never come
    }
  });
  const say = (said: Report): void => {
    report.postMessage(said);
  };
  const length = contentLength(manifest);
  const span = wanted === "zip" ? { from: 0, to: length } : wanted;
  const { source, ending } = sourceOf(records, recordsOf(span, length).sealed, given.signal, say);
  const reader = new ContentReader(source, keys, manifest, { span });
  const opened = openedBy(reader);
  try {
    await bring(wanted === "zip" ? zipOf(opened, manifest, ZipLayout.of(manifest)) : opened, sink, say);
    return { kind: (await sink.taken) ? "delivered" : "cancelled" };
  } catch (error) {
    sink.fail(new Error("The download broke off."));
    if (error instanceof Damaged) {
      return { kind: "damaged", failure: error.failure };
    }
    if (error instanceof Stopped || given.signal.aborted) {
      return { kind: "cancelled" };
    }
    const ended = ending();
    if (ended === null) {
      throw error;
    }
    return ended;
  } finally {
    given.abort(); // whatever it still waits for
    await reader.dispose();
  }
}

async function bring(bytes: AsyncIterable<Bytes>, sink: BytePort, say: (report: Report) => void): Promise<void> {
  let reached = 0;
  let saidAt = 0;
  for await (const piece of bytes) {
    reached += piece.length; // before it is given away
    await sink.write(piece);
    if (performance.now() - saidAt >= reportEvery) {
      saidAt = performance.now();
      say({ kind: "reached", bytes: reached });
    }
  }
  sink.end();
}

async function* openedBy(reader: ContentReader): AsyncGenerator<Bytes, void, undefined> {
  let piece = await reader.read();
  for (; piece.kind === "piece"; piece = await reader.read()) {
    yield piece.bytes;
  }
  if (piece.kind === "failure") {
    throw new Damaged(piece.failure);
  }
}

interface Source {
  readonly source: ByteSource;
  /** Why no more is to be had, once it has thrown for that. */
  readonly ending: () => ContentEnding | null;
}

function sourceOf(
  records: Delivery["records"],
  sealed: ContentSpan,
  signal: AbortSignal,
  say: (report: Report) => void,
): Source {
  if (records instanceof Uint8Array) {
    return { source: [records.subarray(sealed.from, sealed.to)], ending: () => null };
  }
  const api = new Api(records.server);
  const [id, token] = [ShareId.parse(records.id), ClaimToken.parse(records.token)];
  if (id === null || token === null) {
    throw new Error("Nothing was claimed by these.");
  }
  const fetched = new ResumedContent({
    fetch: (part) => api.content(id, token, part),
    size: records.size,
    patience: new Patience(signal, (_, seconds) => {
      say({ kind: "waiting", seconds });
    }),
    signal,
  });
  return { source: fetched.read(sealed), ending: () => fetched.ending };
}
