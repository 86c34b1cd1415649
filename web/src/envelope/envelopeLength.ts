import { EnvelopeHeader } from "./envelopeHeader.ts";
import { contentLength, encodeManifest, type Manifest } from "./manifest.ts";
import { sealedLengthOf, tagLength } from "./records.ts";
import { Verifier } from "./verifier.ts";

/** How long the envelope of files of known sizes is going to be; null where a manifest cannot hold their names. */
export function envelopeLengthOf(manifest: Manifest): number | null {
  const encoded = encodeManifest(manifest);
  if (encoded === null) {
    return null;
  }
  const footer = encoded.length + tagLength + 2 * Verifier.length + 4;
  return EnvelopeHeader.length + sealedLengthOf(contentLength(manifest)) + footer;
}
