import type { Bytes } from "../envelope/bytes.ts";
import type { ByteSink } from "../envelope/envelopeWriter.ts";

/** How many messages may be on their way before the other end has taken the first. */
const ahead = 4;

/** 512 KiB: what goes in one message, since a message costs more than the bytes in it. */
const messageLength = 8 * 65_536;

type ToSource = "more" | "taken" | "stop";
type ToReceiver =
  | { readonly kind: "bytes"; readonly pieces: readonly Bytes[] }
  | { readonly kind: "end" }
  | { readonly kind: "error"; readonly message: string };

/** The other end wants no more. */
export class Stopped extends Error {}

/**
 * Sends bytes through a port without copying them, no faster than the other end takes them, and then that this was all
 * or that there is no more. What is written belongs to the other end from then on.
 */
export class BytePort implements ByteSink {
  /** Whether the other end has taken everything to the end, once that is known; false where it wanted no more. */
  readonly taken: Promise<boolean>;
  /** As if the other end had said that it wants no more: for one that cannot say anything now. */
  readonly stop: () => void;
  readonly #port: MessagePort;
  #gathered: Bytes[] = [];
  #length = 0;
  #wanted = 0;
  #stopped = false;
  #wake: () => void = () => undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    let settle: (taken: boolean) => void = () => undefined;
    this.taken = new Promise((resolve) => (settle = resolve));
    port.onmessage = ({ data }: MessageEvent<ToSource>) => {
      if (data === "more") {
        this.#wanted++;
        if (this.#gathered.length > 0 && this.#wanted >= ahead) {
          this.#send(); // whoever has nothing left gets what there is
        }
      } else {
        this.#stopped = true;
        settle(data === "taken"); // the first of them counts
      }
      this.#wake();
    };
    this.stop = () => {
      this.#stopped = true;
      settle(false);
      this.#wake();
    };
  }

  async write(bytes: Bytes): Promise<void> {
    // A part of a longer buffer would take all of that along.
    this.#gathered.push(bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice());
    this.#length += bytes.length;
    if (this.#length < messageLength && this.#wanted < ahead && !this.#stopped) {
      return;
    }
    while (this.#wanted === 0 && !this.#stopped) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#stopped) {
      throw new Stopped("The other end wants no more.");
    }
    if (this.#gathered.length > 0) {
      this.#send();
    }
  }

  end(): void {
    this.#send();
    this.#post({ kind: "end" }, []);
  }

  fail(error: unknown): void {
    this.#post({ kind: "error", message: error instanceof Error ? error.message : "It failed." }, []);
  }

  #send(): void {
    const pieces = this.#gathered;
    this.#gathered = [];
    this.#length = 0;
    this.#wanted--;
    this.#post({ kind: "bytes", pieces }, pieces.map(({ buffer }) => buffer));
  }

  #post(message: ToReceiver, transfer: Transferable[]): void {
    this.#port.postMessage(message, transfer);
  }
}

/** The bytes that come through a port; throws where its other end has failed. Who stops early stops that too. */
export async function* bytesFrom(port: MessagePort): AsyncGenerator<Bytes, void, undefined> {
  const arrived: ToReceiver[] = [];
  let wake: () => void = () => undefined;
  port.onmessage = ({ data }: MessageEvent<ToReceiver>) => {
    arrived.push(data);
    wake();
  };
  const say = (message: ToSource): void => {
    port.postMessage(message);
  };
  try {
    for (let asked = 0; asked < ahead; asked++) {
      say("more");
    }
    for (;;) {
      const next = arrived.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      switch (next.kind) {
        case "bytes":
          yield* next.pieces;
          say("more");
          break;
        case "end":
          say("taken");
          return;
        case "error":
          throw new Error(next.message);
      }
    }
  } finally {
    say("stop");
    port.close();
  }
}
