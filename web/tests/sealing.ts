import { concat, utf8, type Bytes } from "../src/envelope/bytes.ts";
import { EnvelopeHeader, type Kdf } from "../src/envelope/envelopeHeader.ts";
import { EnvelopeWriter, type ByteSink } from "../src/envelope/envelopeWriter.ts";
import { KeySchedule } from "../src/envelope/keySchedule.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import type { Passphrase } from "../src/envelope/passphrase.ts";
import { encodeBase64Url } from "../src/envelope/strictBase64Url.ts";
import { valueOf } from "./reading.ts";

/** A file to seal: its name and the pieces of it. */
export interface Plain {
  readonly name: string;
  readonly pieces: readonly Bytes[];
}

/** 00 01 .. 1f. */
export function knownLinkKey(): LinkKey {
  return valueOf(LinkKey.parse(encodeBase64Url(Uint8Array.from({ length: 32 }, (_, at) => at))));
}

/** A header with the salt 40 41 .. 4f. */
export function knownHeader(kdf: Kdf = "none"): EnvelopeHeader {
  return EnvelopeHeader.withSalt(kdf, Uint8Array.from({ length: 16 }, (_, at) => 0x40 + at));
}

/** A sink that keeps what it gets. */
export class Kept implements ByteSink {
  readonly #pieces: Bytes[] = [];

  get bytes(): Bytes {
    return concat(...this.#pieces);
  }

  write(bytes: Bytes): Promise<void> {
    this.#pieces.push(bytes.slice());
    return Promise.resolve();
  }
}

/** Seals files under a header, by default the known one with the known link key. */
export async function seal(
  files: readonly Plain[],
  { linkKey = knownLinkKey(), header = knownHeader(), passphrase = null, text = false, inFlight = 8 }: Sealing = {},
): Promise<Bytes> {
  const kept = new Kept();
  const keys = await KeySchedule.derive(linkKey, header, passphrase);
  const writer = new EnvelopeWriter(kept, keys, await KeySchedule.linkProof(linkKey), { inFlight });
  for (const { name, pieces } of files) {
    if ((await writer.writeFile(name, "text/plain", pieces)) !== "begun") {
      throw new Error(`A file does not begin: ${name}`);
    }
  }
  if ((await writer.complete({ text })) !== "complete") {
    throw new Error("The envelope does not complete.");
  }
  return kept.bytes;
}

export interface Sealing {
  readonly linkKey?: LinkKey;
  readonly header?: EnvelopeHeader;
  readonly passphrase?: Passphrase | null;
  readonly text?: boolean;
  readonly inFlight?: number;
}

export function plain(name: string, content: string): Plain {
  return { name, pieces: [utf8(content)] };
}

/** Bytes that differ from record to record. */
export function someBytes(length: number): Bytes {
  return Uint8Array.from({ length }, (_, at) => at * 31 + (at >> 8) + 1);
}

/** The 32-bit numbers of a seed, the same each time (xorshift). */
export function* numbersOf(seed: number): Generator<number, never, undefined> {
  for (let state = seed | 1; ; ) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state >>> 0;
  }
}
