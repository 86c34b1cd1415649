import { EnvelopeHeader } from "../envelope/envelopeHeader.ts";
import { envelopeLengthOf } from "../envelope/envelopeLength.ts";
import { EnvelopeWriter } from "../envelope/envelopeWriter.ts";
import { KeySchedule } from "../envelope/keySchedule.ts";
import { LinkKey } from "../envelope/linkKey.ts";
import { isUnicodeFile, type Manifest } from "../envelope/manifest.ts";
import { Passphrase } from "../envelope/passphrase.ts";
import { BytePort, Stopped } from "./bytePort.ts";
import type { SealAnswer, Secret } from "./messages.ts";

/** Begins to seal a secret under a new link key and a new header; the envelope comes through the port. */
export async function sealSecret(secret: Secret, typed: string, envelope: MessagePort): Promise<SealAnswer> {
  const passphrase = Passphrase.parse(typed);
  if (!passphrase.ok) {
    return { kind: "refused", reason: "malformed-passphrase" };
  }
  if (!secret.files.every(isUnicodeFile)) {
    return { kind: "refused", reason: "not-unicode" };
  }
  const length = envelopeLengthOf(manifestOf(secret));
  if (length === null) {
    return { kind: "refused", reason: "manifest-too-large" };
  }
  const linkKey = LinkKey.create();
  const header = EnvelopeHeader.create(passphrase.value === null ? "none" : "argon2id");
  const keys = await KeySchedule.derive(linkKey, header, passphrase.value);
  passphrase.value?.dispose();
  const sink = new BytePort(envelope);
  const writer = new EnvelopeWriter(sink, keys, await KeySchedule.linkProof(linkKey));
  void writeAll(secret, writer, sink);
  const answer = { kind: "sealing", linkKey: linkKey.toFragment(), length } as const;
  linkKey.dispose();
  return answer;
}

async function writeAll(secret: Secret, writer: EnvelopeWriter, sink: BytePort): Promise<void> {
  try {
    for (const { name, type, content } of secret.files) {
      const before = writer.contentLength;
      await writer.writeFile(name, type, content.stream());
      // The length has been announced, and a file that grows or shrinks meanwhile is not the one that was chosen.
      if (writer.contentLength - before !== content.size) {
        throw new Error("A file has changed while it was being sealed.");
      }
    }
    await writer.complete({ text: secret.text });
    sink.end();
  } catch (error) {
    if (!(error instanceof Stopped)) {
      sink.fail(error);
    }
  } finally {
    writer.dispose();
  }
}

function manifestOf({ files, text }: Secret): Manifest {
  return { files: files.map(({ name, type, content }) => ({ name, type, size: content.size })), text };
}
