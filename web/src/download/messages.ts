/** A download that a page is ready to send: what is fetched from its address comes through its port. */
export interface Offer {
  readonly kind: "offer";
  /** Random, fetched once, and the last part of the address: neither a name nor anything of a share. */
  readonly address: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly bytes: MessagePort;
}

/** A download is still going on, so that the browser lets the service worker live. */
export interface Alive {
  readonly kind: "alive";
  readonly address: string;
}

/** A download is given up by its page, before or after it has begun. */
export interface Break {
  readonly kind: "break";
  readonly address: string;
}

export type ToDownloads = Offer | Alive | Break;

/** What a page hears of its download. */
export interface FromDownloads {
  /**
   * Its address answers from now on; the browser reads it; or what is said to be going on is not known here, since the
   * browser has ended the service worker that had it.
   */
  readonly kind: "offered" | "begun" | "unknown";
  readonly address: string;
}
