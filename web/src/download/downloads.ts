import type { Bytes } from "../envelope/bytes.ts";
import { bytesFrom } from "../worker/bytePort.ts";
import type { Offer } from "./messages.ts";

interface Download {
  readonly offer: Offer;
  readonly onBegun: () => void;
  fetched: boolean;
  abort: () => void;
}

/** The downloads that the service worker has been offered: each address answers once. */
export class Downloads {
  readonly #downloads = new Map<string, Download>();

  /** Says when the browser begins to read it. */
  offer(offer: Offer, onBegun: () => void): void {
    this.#downloads.set(offer.address, { offer, onBegun, fetched: false, abort: () => undefined });
  }

  /** Whether it was offered here, and not to one before that the browser has ended. */
  knows(address: string): boolean {
    return this.#downloads.has(address);
  }

  /** What has been read of it never looks whole, and what has not been fetched is not to be had any more. */
  break(address: string): void {
    const download = this.#downloads.get(address);
    if (download !== undefined) {
      download.fetched = true;
      download.abort();
    }
  }

  /** Null for every address that has not been offered, or has been fetched. */
  answerTo(url: string): Response | null {
    const download = this.#downloads.get(new URL(url).pathname.split("/").at(-1) ?? "");
    if (download === undefined || download.fetched) {
      return null;
    }
    download.fetched = true;
    return new Response(streamOf(download), { headers: headersFor(download.offer) });
  }
}

function streamOf(download: Download): ReadableStream<Bytes> {
  const port = download.offer.bytes;
  const bytes = bytesFrom(port);
  let begun = false;
  // At once, and not when the next bytes come: they may never.
  const stop = (): void => {
    port.postMessage("stop");
    port.close();
  };
  // Nothing ahead of what the browser writes to disk: what waits, waits in the port, which asks for a few messages.
  return new ReadableStream<Bytes>(
    {
      start(controller) {
        download.abort = () => {
          controller.error(new Error("The download broke off."));
          stop();
        };
      },
      async pull(controller) {
        if (!begun) {
          begun = true;
          download.onBegun();
        }
        const next = await bytes.next();
        if (next.done === true) {
          controller.close();
        } else {
          controller.enqueue(next.value);
        }
      },
      cancel: stop,
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
