import type { Destination } from "../../download/destination.ts";
import type { Bytes } from "../../envelope/bytes.ts";
import { Stopped } from "../../worker/bytePort.ts";
import { Undeliverable } from "./content.ts";
import type { Stop } from "./outcomes.ts";

export type Delivered = { readonly kind: "delivered" } | { readonly kind: "cancelled" } | Stop;

/** Brings bytes to their destination. It is delivered only once each is verified and there. */
export async function deliver(
  bytes: AsyncIterable<Bytes>,
  destination: Destination,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<Delivered> {
  let done = 0;
  try {
    for await (const piece of bytes) {
      done += piece.length; // before it is given away
      await destination.write(piece);
      onProgress(done);
    }
    return { kind: (await destination.complete()) ? "delivered" : "cancelled" };
  } catch (error) {
    destination.abort();
    if (error instanceof Undeliverable) {
      return error.stop;
    }
    if (error instanceof Stopped || signal.aborted) {
      return { kind: "cancelled" };
    }
    throw error;
  }
}
