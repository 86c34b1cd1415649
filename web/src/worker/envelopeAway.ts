import type { Bytes } from "../envelope/bytes.ts";
import { ClaimProof } from "../envelope/claimProof.ts";
import type { EnvelopeFailure } from "../envelope/envelopeFailure.ts";
import { LinkProof } from "../envelope/linkProof.ts";
import { bytesFrom } from "./bytePort.ts";
import type {
  Answer,
  Asked,
  DeliverAnswer,
  Delivery,
  DeriveAnswer,
  ManifestAnswer,
  Report,
  SealAnswer,
  SealRefusal,
  Secret,
} from "./messages.ts";

/** A worker, or one end of a channel. */
export interface Away {
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  postMessage(message: Asked, transfer: Transferable[]): void;
}

export type SealOutcome =
  | {
      readonly kind: "sealing";
      /** For the link's fragment. */
      readonly linkKey: string;
      /** Of the whole envelope, in bytes. */
      readonly length: number;
      /** Throws where a file cannot be read, or has changed. */
      readonly envelope: AsyncGenerator<Bytes, void, undefined>;
    }
  | { readonly kind: "refused"; readonly reason: SealRefusal };

export type DeriveOutcome =
  | { readonly kind: "derived"; readonly linkProof: LinkProof; readonly claimProof: ClaimProof }
  | { readonly kind: "failure"; readonly failure: EnvelopeFailure };

/** How a page goes along with a delivery. */
export interface Following {
  /** Ends it, also before it has begun. */
  readonly signal: AbortSignal;
  readonly onReport: (report: Report) => void;
}

/** What a page asks of the worker that seals and opens: the acts for one share. */
export class EnvelopeAway {
  readonly #away: Away;
  readonly #waiting: ((answer: Answer) => void)[] = [];

  constructor(away: Away) {
    this.#away = away;
    away.onmessage = ({ data }) => this.#waiting.shift()?.(data);
  }

  /** Seals under a new link key; an empty passphrase means none. */
  async seal(secret: Secret, passphrase: string): Promise<SealOutcome> {
    const { port1, port2 } = new MessageChannel();
    const asked = { act: "seal", secret, passphrase, envelope: port2 } as const;
    const answer = await this.#ask<SealAnswer>(asked, [port2]);
    if (answer.kind === "refused") {
      port1.close();
      return answer;
    }
    return { ...answer, envelope: bytesFrom(port1) };
  }

  /** The proofs for a link key, the header of a preview and what a person typed. Some 300 ms with a passphrase. */
  async derive(linkKey: string, header: Bytes, passphrase: string): Promise<DeriveOutcome> {
    const answer = await this.#ask<DeriveAnswer>({ act: "derive", linkKey, header, passphrase }, []);
    return answer.kind === "failure"
      ? answer
      : { kind: "derived", linkProof: new LinkProof(answer.linkProof), claimProof: new ClaimProof(answer.claimProof) };
  }

  /** With the keys that were derived last: before a claim, so that nothing is taken that does not open. */
  openManifest(manifest: Bytes, size: number): Promise<ManifestAnswer> {
    return this.#ask({ act: "open-manifest", manifest, size }, []);
  }

  /** Brings content to whoever takes bytes from the other end of a port, which is the worker's from then on. */
  async deliver(what: Omit<Delivery, "report">, { signal, onReport }: Following): Promise<DeliverAnswer> {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Report>) => {
      onReport(data);
    };
    const stop = (): void => {
      port1.postMessage("stop");
    };
    signal.addEventListener("abort", stop);
    if (signal.aborted) {
      stop();
    }
    try {
      return await this.#ask<DeliverAnswer>({ act: "deliver", ...what, report: port2 }, [what.into, port2]);
    } finally {
      signal.removeEventListener("abort", stop);
      port1.close();
    }
  }

  async #ask<A extends Answer>(asked: Asked, transfer: Transferable[]): Promise<A> {
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.push(resolve);
      this.#away.postMessage(asked, transfer);
    });
    if (answer.kind === "mistake") {
      throw new Error(answer.message);
    }
    return answer as A;
  }
}
