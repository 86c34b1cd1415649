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
/** A browser that ends its service workers one after the other has no memory for anything else either. */
const attempts = 3;

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
  for (let attempt = 0; attempt < attempts; attempt++) {
    const destination = await fetchOnce(new StreamDestination(worker, name, size), onLost);
    if (destination !== "missed") {
      return destination;
    }
  }
  return null;
}

/** Missed where the service worker that was offered it has ended, and another asks the server instead. */
async function fetchOnce(destination: StreamDestination, onLost: () => void): Promise<Destination | "missed" | null> {
  const offered = deferred<true>();
  const begun = deferred<true | "missed">();
  const hear = ({ data }: MessageEvent<FromDownloads>): void => {
    if (data.address !== destination.address) {
      return;
    }
    switch (data.kind) {
      case "offered":
        offered.settle(true);
        break;
      case "begun":
        begun.settle(true);
        break;
      case "unknown":
        onLost();
    }
  };
  navigator.serviceWorker.addEventListener("message", hear);
  // A link with download would be cancelled as soon as the service worker answers it.
  const frame = create("iframe", { src: scope + destination.address, hidden: "", "aria-hidden": "true" });
  // What is downloaded never loads: only a page does, which is the server's, as it knows nothing of the address.
  frame.addEventListener("load", () => {
    begun.settle("missed");
  });
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
  // Browsers do not keep the order of a message and of a request.
  let outcome: true | "missed" | null = await within(patience, offered.promise);
  if (outcome !== null) {
    document.body.append(frame);
    outcome = await within(patience, begun.promise);
  }
  if (outcome !== true) {
    abort();
    close();
    return outcome;
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

function deferred<T>(): { readonly promise: Promise<T>; settle(value: T): void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, settle };
}
