import { sealAesGcm } from "./aesGcm.ts";
import type { Bytes } from "./bytes.ts";
import type { KeySchedule } from "./keySchedule.ts";
import { recordNonce } from "./recordNonce.ts";

/** Seals the records of one envelope, in order; several may be in work at once. */
export class RecordWriter {
  readonly #key: CryptoKey;
  #index = 0;

  constructor(keys: KeySchedule) {
    this.#key = keys.contentKey;
  }

  /** The record, 16 bytes longer than its content, which may be overwritten as soon as this returns. */
  seal(content: Bytes, last: boolean): Promise<Bytes> {
    return sealAesGcm(this.#key, recordNonce(this.#index++, last), content);
  }
}
