import type { Bytes } from "../envelope/bytes.ts";

/** Where the bytes of one download go. */
export interface Destination {
  /** Settles when there is room for more; throws Stopped where the person has cancelled it. */
  write(bytes: Bytes): Promise<void>;
  /** All of it is written: whether it is where it belongs. */
  complete(): Promise<boolean>;
  /** It will not be whole, and nothing of it may look as if it were. */
  abort(): void;
}
