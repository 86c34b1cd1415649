import { random } from "../envelope/bytes.ts";
import { encodeBase64Url } from "../envelope/strictBase64Url.ts";
import type { ToDownloads } from "./messages.ts";

/** A service worker, or one end of a channel. */
export interface DownloadsAway {
  postMessage(message: ToDownloads, transfer: Transferable[]): void;
}

/** A download that goes through the service worker to wherever the browser writes it. */
export class StreamDestination {
  /** What to fetch below the service worker's scope. */
  readonly address = encodeBase64Url(random(16));
  /** What is written there comes out at the address, no faster than it is read. */
  readonly port: MessagePort;
  readonly #away: DownloadsAway;

  constructor(away: DownloadsAway, name: string, size: number) {
    const { port1, port2 } = new MessageChannel();
    this.#away = away;
    this.port = port1;
    away.postMessage({ kind: "offer", address: this.address, name, size, bytes: port2 }, [port2]);
  }

  /** It breaks off, also where whoever writes it has ended without a word. */
  abort(): void {
    this.#away.postMessage({ kind: "break", address: this.address }, []);
  }

  /** Browsers end a service worker that hears nothing for half a minute, whatever flows through its ports. */
  signLife(): void {
    this.#away.postMessage({ kind: "alive", address: this.address }, []);
  }
}
