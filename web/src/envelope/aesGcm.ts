import type { Bytes } from "./bytes.ts";

/** AES-256-GCM with its tag of 16 bytes at the end. WebCrypto copies what it is given before it returns. */
export async function sealAesGcm(key: CryptoKey, nonce: Bytes, plain: Bytes, associated?: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, associated), key, plain));
}

/** Null where it does not authenticate. */
export async function openAesGcm(
  key: CryptoKey,
  nonce: Bytes,
  sealed: Bytes,
  associated?: Bytes,
): Promise<Bytes | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, associated), key, sealed));
  } catch (error) {
    // The one name that WebCrypto has for it; anything else is a mistake of ours.
    if (error instanceof Error && error.name === "OperationError") {
      return null;
    }
    throw error;
  }
}

function parameters(
  iv: Bytes,
  associated: Bytes | undefined,
): { readonly name: "AES-GCM"; readonly iv: Bytes; readonly additionalData?: Bytes } {
  return associated === undefined ? { name: "AES-GCM", iv } : { name: "AES-GCM", iv, additionalData: associated };
}
