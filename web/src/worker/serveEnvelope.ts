import type { Answer, Asked } from "./messages.ts";
import { OpenShare } from "./openShare.ts";
import { sealSecret } from "./sealSecret.ts";

/** A worker's own scope, or one end of a channel. */
export interface Served {
  onmessage: ((event: MessageEvent<Asked>) => void) | null;
  postMessage(message: Answer): void;
}

/** Answers what is asked, one after another; it keeps the keys of one share. */
export function serveEnvelope(served: Served): void {
  const share = new OpenShare();
  let answered: Promise<void> = Promise.resolve();
  served.onmessage = ({ data }) => {
    answered = answered
      .then(() => answerTo(data, share))
      .catch((error: unknown) => ({
        kind: "mistake" as const,
        message: error instanceof Error ? error.message : "It failed.",
      }))
      .then((answer) => {
        served.postMessage(answer);
      });
  };
}

async function answerTo(asked: Asked, share: OpenShare): Promise<Answer> {
  switch (asked.act) {
    case "seal":
      return sealSecret(asked.secret, asked.passphrase, asked.envelope);
    case "derive":
      return share.derive(asked.linkKey, asked.header, asked.passphrase);
    case "open-manifest":
      return share.openManifest(asked.manifest, asked.size);
    case "deliver":
      return share.deliver(asked);
  }
}
