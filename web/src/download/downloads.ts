import type { Bytes } from "../envelope/bytes.ts";
import { bytesFrom } from "../worker/bytePort.ts";
import type { Offer } from "./messages.ts";

/** What the service worker has been offered and nobody has fetched yet: each address answers once. */
export class Downloads {
  readonly #offers = new Map<string, Offer>();
  readonly #known = new Set<string>();

  offer(offer: Offer): void {
    this.#offers.set(offer.address, offer);
    this.#known.add(offer.address);
  }

  /** Whether it was offered here, and not to one before that the browser has ended. */
  knows(address: string): boolean {
    return this.#known.has(address);
  }

  /** Null for every address that has not been offered, or has been fetched. */
  answerTo(url: string): Response | null {
    const address = new URL(url).pathname.split("/").at(-1) ?? "";
    const offer = this.#offers.get(address);
    this.#offers.delete(address);
    return offer === undefined ? null : new Response(streamOf(offer.bytes), { headers: headersFor(offer) });
  }
}

function streamOf(port: MessagePort): ReadableStream<Bytes> {
  const bytes = bytesFrom<null>(port);
  // Nothing ahead of what the browser writes to disk: what waits, waits in the port, which asks for eight pieces.
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const next = await bytes.next();
        if (next.done === true) {
          controller.close();
        } else {
          controller.enqueue(next.value);
        }
      },
      cancel() {
        // At once, and not when the next bytes come: they may never.
        port.postMessage("stop");
        port.close();
      },
    },
    { highWaterMark: 0 },
  );
}

function headersFor({ name, size }: Offer): Record<string, string> {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return {
    "Content-Type": "application/octet-stream",
    "Content-Length": `${size}`,
    "Content-Disposition": `attachment; filename*=UTF-8''${encoded}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
  };
}
