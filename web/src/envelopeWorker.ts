// The worker that seals and opens, so that a page stays alive meanwhile. A page has one for each share, and ends it
// when it is done: with it go the keys, and the memory that stretching a passphrase took.
import { serveEnvelope } from "./worker/serveEnvelope.ts";

serveEnvelope(globalThis);
