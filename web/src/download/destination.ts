/** Where the bytes of one download go. */
export interface Destination {
  /** What they are written to, by whoever is given it. */
  readonly port: MessagePort;
  /** Once nothing more is going to happen here. */
  readonly settled: Promise<void>;
  /** The page is left: it will not be whole, and nothing of it may look as if it were. */
  abort(): void;
  /** Nothing more is written. */
  close(): void;
}
