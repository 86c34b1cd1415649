import { openAesGcm } from "./aesGcm.ts";
import type { Bytes } from "./bytes.ts";
import type { KeySchedule } from "./keySchedule.ts";
import { recordNonce } from "./recordNonce.ts";

/** Opens the records of one envelope, in order; several may be in work at once. */
export class RecordReader {
  readonly #key: CryptoKey;
  #index: number;

  /** From this record on. */
  constructor(keys: KeySchedule, first = 0) {
    this.#key = keys.contentKey;
    this.#index = first;
  }

  /** The content; null where the record does not authenticate in this place. */
  open(record: Bytes, last: boolean): Promise<Bytes | null> {
    return openAesGcm(this.#key, recordNonce(this.#index++, last), record);
  }
}
