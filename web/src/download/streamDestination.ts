import { random, type Bytes } from "../envelope/bytes.ts";
import { encodeBase64Url } from "../envelope/strictBase64Url.ts";
import { BytePort } from "../worker/bytePort.ts";
import type { Destination } from "./destination.ts";
import type { ToDownloads } from "./messages.ts";

/** A service worker, or one end of a channel. */
export interface DownloadsAway {
  postMessage(message: ToDownloads, transfer: Transferable[]): void;
}

/** Sends a download through the service worker to wherever the browser writes it, no faster than that. */
export class StreamDestination implements Destination {
  /** What to fetch below the service worker's scope. */
  readonly address = encodeBase64Url(random(16));
  readonly #away: DownloadsAway;
  readonly #sink: BytePort<null>;
  readonly #now: () => number;
  #signedAt: number;

  constructor(away: DownloadsAway, name: string, size: number, now: () => number = () => performance.now()) {
    const { port1, port2 } = new MessageChannel();
    this.#away = away;
    this.#sink = new BytePort(port1);
    this.#now = now;
    this.#signedAt = now();
    away.postMessage({ kind: "offer", address: this.address, name, size, bytes: port2 }, [port2]);
  }

  /** Settles once the browser has asked for the address. */
  get begun(): Promise<void> {
    return this.#sink.begun;
  }

  async write(bytes: Bytes): Promise<void> {
    this.signLife();
    await this.#sink.write(bytes);
  }

  complete(): Promise<boolean> {
    this.#sink.end(null);
    return this.#sink.taken;
  }

  abort(): void {
    this.#sink.fail(new Error("The download broke off."));
  }

  /** The service worker has ended, and the download with it. */
  lose(): void {
    this.#sink.stop();
  }

  /**
   * Browsers end a service worker that hears nothing for half a minute, whatever flows through its ports. Called as
   * often as one likes: with all bytes, and by a clock where none come.
   */
  signLife(): void {
    if (this.#now() - this.#signedAt >= 5000) {
      this.#signedAt = this.#now();
      this.#away.postMessage({ kind: "alive", address: this.address }, []);
    }
  }
}
