import type { Bytes } from "../envelope/bytes.ts";
import { bytesFrom } from "../worker/bytePort.ts";
import type { Destination } from "./destination.ts";

// Browsers may keep a Blob out of memory, but not the arrays that it is made of later on.
const partLength = 4 * 2 ** 20;

/** Keeps a download until it is whole, and then hands it over: for every browser, and as much as it has memory for. */
export class BlobDestination implements Destination {
  readonly port: MessagePort;
  readonly settled: Promise<void>;

  constructor(handOver: (blob: Blob) => void) {
    const { port1, port2 } = new MessageChannel();
    this.port = port2;
    this.settled = keep(bytesFrom(port1)).then((blob) => {
      if (blob !== null) {
        handOver(blob);
      }
    });
  }

  abort(): void {
    // What is not whole is only in memory.
  }

  close(): void {
    // Nothing is held for it.
  }
}

/** Null where it broke off. */
async function keep(bytes: AsyncIterable<Bytes>): Promise<Blob | null> {
  const parts: Blob[] = [];
  let pieces: Bytes[] = [];
  let length = 0;
  try {
    for await (const piece of bytes) {
      pieces.push(piece);
      length += piece.length;
      if (length >= partLength) {
        parts.push(new Blob(pieces));
        pieces = [];
        length = 0;
      }
    }
  } catch {
    return null; // whoever wrote it knows why
  }
  return new Blob([...parts, ...pieces], { type: "application/octet-stream" });
}
