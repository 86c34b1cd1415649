/**
 * Whether this browser can seal and open for itself: WebCrypto, which is there over HTTPS and on this machine only, and
 * workers. Modules it has, or this would not run. Where not, the server's forms stay, labelled.
 */
export function canSeal(): boolean {
  const { isSecureContext, crypto, Worker, MessageChannel, WebAssembly } = globalThis as Partial<typeof globalThis>;
  return (
    isSecureContext === true &&
    (crypto as Partial<Crypto> | undefined)?.subtle !== undefined &&
    Worker !== undefined &&
    MessageChannel !== undefined &&
    WebAssembly !== undefined
  );
}
