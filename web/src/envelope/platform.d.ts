// All that the envelope needs of a browser, a worker or Node. The pages' own project has the DOM's types instead.

interface CryptoKey {
  readonly extractable: boolean;
}

interface HkdfParameters {
  readonly name: "HKDF";
  readonly hash: "SHA-256";
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly info: Uint8Array<ArrayBuffer>;
}

interface AesGcmParameters {
  readonly name: "AES-GCM";
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly additionalData?: Uint8Array<ArrayBuffer>;
}

interface SubtleCrypto {
  importKey(
    format: "raw",
    bytes: Uint8Array<ArrayBuffer>,
    algorithm: "HKDF",
    extractable: false,
    usages: ("deriveBits" | "deriveKey")[],
  ): Promise<CryptoKey>;
  deriveBits(parameters: HkdfParameters, key: CryptoKey, bits: number): Promise<ArrayBuffer>;
  deriveKey(
    parameters: HkdfParameters,
    key: CryptoKey,
    derived: { readonly name: "AES-GCM"; readonly length: 256 },
    extractable: false,
    usages: ("encrypt" | "decrypt")[],
  ): Promise<CryptoKey>;
  digest(algorithm: "SHA-256", bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  encrypt(parameters: AesGcmParameters, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  decrypt(parameters: AesGcmParameters, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}

declare const crypto: {
  readonly subtle: SubtleCrypto;
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
};

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label: "utf-8", options: { readonly fatal: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array<ArrayBuffer>): string;
}
