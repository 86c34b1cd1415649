import { scriptUrl } from "../scriptUrl.ts";
import { EnvelopeAway } from "../worker/envelopeAway.ts";

export interface StartedWorker {
  readonly away: EnvelopeAway;
  /** Rejects where the worker's script cannot be had or fails; never fulfilled. */
  readonly failed: Promise<never>;
  /** Ends it, and with it the keys that it has. */
  end(): void;
}

/** The worker that seals and opens, one for each share. */
export function startWorker(): StartedWorker {
  const worker = new Worker(scriptUrl("envelopeWorker"));
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = () => {
      reject(new TypeError("The worker does not start."));
    };
  });
  // Whoever waits for it is told; if nobody does, it is nobody's error.
  failed.catch(() => undefined);
  return {
    away: new EnvelopeAway(worker),
    failed,
    end: () => {
      worker.terminate();
    },
  };
}
