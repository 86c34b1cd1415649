import type { Bytes } from "../envelope/bytes.ts";
import type { ByteSource } from "../envelope/byteSource.ts";
import { ClaimProof } from "../envelope/claimProof.ts";
import type { ContentPiece } from "../envelope/contentReader.ts";
import type { ContentSpan } from "../envelope/contentSpan.ts";
import type { EnvelopeFailure } from "../envelope/envelopeFailure.ts";
import { LinkProof } from "../envelope/linkProof.ts";
import { bytesFrom, sendBytes } from "./bytePort.ts";
import type {
  Answer,
  Asked,
  ContentEnd,
  DeriveAnswer,
  ManifestAnswer,
  Opening,
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
      readonly envelope: AsyncGenerator<Bytes, null, undefined>;
    }
  | { readonly kind: "refused"; readonly reason: SealRefusal };

export type DeriveOutcome =
  | { readonly kind: "derived"; readonly linkProof: LinkProof; readonly claimProof: ClaimProof }
  | { readonly kind: "failure"; readonly failure: EnvelopeFailure };

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
    return { ...answer, envelope: bytesFrom<null>(port1) };
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

  /**
   * The files' bytes of these records as a ContentReader has them, the end or a failure last; throws as they do. For a
   * span of the content, the records are those that hold it.
   */
  async *openContent(records: ByteSource, span?: ContentSpan): AsyncGenerator<ContentPiece, void, undefined> {
    const [sent, opened] = [new MessageChannel(), new MessageChannel()];
    const asked = { act: "open-content", span, records: sent.port2, content: opened.port2 } as const;
    await this.#ask<Opening>(asked, [sent.port2, opened.port2]);
    void sendBytes(records, sent.port1);
    const content = bytesFrom<ContentEnd>(opened.port1);
    try {
      let next = await content.next();
      for (; next.done !== true; next = await content.next()) {
        yield { kind: "piece", bytes: next.value };
      }
      yield next.value;
    } finally {
      await content.return({ kind: "end" });
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
