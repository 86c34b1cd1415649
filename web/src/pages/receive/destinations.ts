import { BlobDestination } from "../../download/blobDestination.ts";
import type { Destination } from "../../download/destination.ts";
import type { FromDownloads } from "../../download/messages.ts";
import { StreamDestination } from "../../download/streamDestination.ts";
import { create } from "../../page/dom.ts";
import { scriptUrl, server } from "../../scriptUrl.ts";

/**
 * 32 MiB: up to here a file is kept in memory until it is whole, which any phone can do, works in every browser, and
 * leaves nothing half-saved. Beyond, the service worker hands it to the browser as it comes, which needs no memory.
 */
export const longestBlob = 32 * 2 ** 20;

const scope = `${server}assets/download/`;
/** Milliseconds for what takes a moment where it works at all. */
const patience = 10_000;
const signsOfLife = 5_000;

/** Where downloads go in this browser. */
export class Destinations {
  readonly #worker: ServiceWorker | null;

  private constructor(worker: ServiceWorker | null) {
    this.#worker = worker;
  }

  /** Starts the service worker for what is larger than a Blob should be. */
  static async for(largest: number): Promise<Destinations> {
    return new Destinations(largest > longestBlob ? await startServiceWorker() : null);
  }

  /** Whether so much has to be held in memory, which may be too much for it. */
  isHeld(size: number): boolean {
    return size > longestBlob && this.#worker === null;
  }

  /** Says when what was being written is lost, since the browser has ended what wrote it. */
  async open(name: string, size: number, onLost: () => void): Promise<Destination> {
    const worker = size > longestBlob ? this.#worker : null;
    const streamed = worker === null ? null : await stream(worker, name, size, onLost);
    return streamed ?? new BlobDestination((blob) => { saveBlob(blob, name); });
  }
}

/** The service worker once it is active; null where the browser has none, or lets none be. */
async function startServiceWorker(): Promise<ServiceWorker | null> {
  const container = (navigator as Partial<Navigator>).serviceWorker;
  try {
    // A browser that blocks them may say so by nothing at all.
    const registered: unknown = await container?.register(scriptUrl("serviceWorker"), { scope });
    return registered instanceof ServiceWorkerRegistration ? await within(patience, active(registered)) : null;
  } catch {
    return null;
  }
}

async function active(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (worker !== null && worker.state !== "activated" && worker.state !== "redundant") {
    await new Promise((resolve) => {
      worker.addEventListener("statechange", resolve, { once: true });
    });
  }
  return worker?.state === "activated" ? worker : null;
}

/** Null where the browser does not fetch it. */
async function stream(
  worker: ServiceWorker,
  name: string,
  size: number,
  onLost: () => void,
): Promise<Destination | null> {
  const destination = new StreamDestination(worker, name, size);
  let begin: (begun: true) => void = () => undefined;
  const begun = new Promise<true>((resolve) => (begin = resolve));
  const hear = ({ data }: MessageEvent<FromDownloads>): void => {
    if (data.address !== destination.address) {
      return;
    }
    switch (data.kind) {
      case "begun":
        begin(true);
        break;
      case "unknown":
        onLost();
    }
  };
  navigator.serviceWorker.addEventListener("message", hear);
  // A link with download would be cancelled as soon as the service worker answers it.
  const frame = create("iframe", { src: scope + destination.address, hidden: "", "aria-hidden": "true" });
  document.body.append(frame);
  const alive = setInterval(() => {
    destination.signLife();
  }, signsOfLife);
  const close = (): void => {
    clearInterval(alive);
    navigator.serviceWorker.removeEventListener("message", hear);
    frame.remove();
  };
  const abort = (): void => {
    destination.abort();
  };
  if ((await within(patience, begun)) === null) {
    abort();
    close();
    return null;
  }
  return { port: destination.port, settled: Promise.resolve(), abort, close };
}

/** Saves what is in memory under a name. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = create("a", { href: address, download: name, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers begin to read it only after a while.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | null> {
  return Promise.race([promise, new Promise<null>((resolve) => setTimeout(() => { resolve(null); }, milliseconds))]);
}
