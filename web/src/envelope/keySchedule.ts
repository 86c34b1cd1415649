import { concat, utf8, type Bytes } from "./bytes.ts";
import { ClaimProof } from "./claimProof.ts";
import type { EnvelopeHeader } from "./envelopeHeader.ts";
import type { LinkKey } from "./linkKey.ts";
import { LinkProof } from "./linkProof.ts";
import type { Passphrase } from "./passphrase.ts";

/**
 * What derives from a link key, a header and a passphrase, by HKDF with SHA-256 (RFC 5869): the claim proof and the
 * keys of the manifest and of the content, whose bytes never leave WebCrypto.
 */
export class KeySchedule {
  readonly header: EnvelopeHeader;
  /** What a recipient shows to take the share. */
  readonly claimProof: ClaimProof;
  readonly manifestKey: CryptoKey;
  readonly contentKey: CryptoKey;

  private constructor(header: EnvelopeHeader, proof: ClaimProof, manifestKey: CryptoKey, contentKey: CryptoKey) {
    this.header = header;
    this.claimProof = proof;
    this.manifestKey = manifestKey;
    this.contentKey = contentKey;
  }

  /** What a recipient shows to learn of the share. */
  static async linkProof(linkKey: LinkKey): Promise<LinkProof> {
    const key = await importInput(linkKey.bytes);
    return new LinkProof(await deriveProof(key, new Uint8Array(0), utf8("onetimeshare/v1/link-proof")));
  }

  /** Derives the keys. A passphrase is there exactly where the header says so; stretching it is what takes time. */
  static async derive(linkKey: LinkKey, header: EnvelopeHeader, passphrase: Passphrase | null): Promise<KeySchedule> {
    if ((header.kdf === "none") !== (passphrase === null)) {
      throw new Error("The passphrase is there exactly where the header says so.");
    }
    const stretched = passphrase === null ? new Uint8Array(0) : await passphrase.stretch(header.salt);
    const input = concat(linkKey.bytes, stretched);
    stretched.fill(0);
    const key = await importInput(input).finally(() => input.fill(0));

    const info = (label: string): Bytes => concat(utf8(`onetimeshare/v1/${label}`), header.bytes);
    const [proof, manifestKey, contentKey] = await Promise.all([
      deriveProof(key, header.salt, info("claim-proof")),
      deriveKey(key, header.salt, info("manifest")),
      deriveKey(key, header.salt, info("content")),
    ]);
    return new KeySchedule(header, new ClaimProof(proof), manifestKey, contentKey);
  }
}

function importInput(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveBits", "deriveKey"]);
}

async function deriveProof(key: CryptoKey, salt: Bytes, info: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, 256));
}

function deriveKey(key: CryptoKey, salt: Bytes, info: Bytes): Promise<CryptoKey> {
  const aes = { name: "AES-GCM", length: 256 } as const;
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info }, key, aes, false, [
    "encrypt",
    "decrypt",
  ]);
}
