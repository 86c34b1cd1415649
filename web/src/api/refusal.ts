/** The ends of a share, and claimed: somebody has it, and may be fetching still. */
export type GoneState = "claimed" | "delivered" | "unconfirmed" | "expired" | "burned";

/** What any request may come to besides the answers it is about. Times to wait are in seconds. */
export type Trouble =
  | { readonly kind: "rate-limited"; readonly retryAfter: number }
  /** The server, its store or a proxy in between is not able to answer now. */
  | { readonly kind: "unavailable"; readonly retryAfter: number }
  /** No answer, or not all of it: the connection broke. The request may have been carried out. */
  | { readonly kind: "no-answer" }
  /** An answer that this version does not know: another server, or a mistake in one of the two. */
  | { readonly kind: "unexpected"; readonly status: number };

/** Why the server refuses: the names of its problems, and gone for all the ends of a share. */
export type Refusal =
  | { readonly kind: "gone"; readonly state: GoneState; readonly at: Date }
  | { readonly kind: "wrong-passphrase"; readonly attemptsLeft: number }
  | { readonly kind: PlainRefusal };

const plain = [
  "not-found",
  "locked",
  "lost",
  "range-not-satisfiable",
  "malformed-envelope",
  "create-token",
  "too-large",
  "lifetime",
  "storage-full",
  "upload-offset",
  "too-many-uploads",
] as const;
const goneStates: readonly GoneState[] = ["claimed", "delivered", "unconfirmed", "expired", "burned"];

type PlainRefusal = (typeof plain)[number];
export type RefusalKind = Refusal["kind"];

/** The refusals of these kinds alone, one by one. */
export type RefusalOf<K extends RefusalKind> = K extends PlainRefusal
  ? { readonly kind: K }
  : Extract<Refusal, { readonly kind: K }>;

/** Reads why a request was refused, of the kinds that there can be for it. */
export async function readRefusal<K extends RefusalKind>(
  response: Response,
  kinds: readonly K[],
): Promise<RefusalOf<K> | Trouble> {
  const problem = await readProblem(response);
  const refusal = refusalOf(problem) ?? troubleOf(problem, response) ?? byStatus(response);
  return isOf(refusal, kinds) ? refusal : unexpected(response);
}

export function unexpected(response: Response): Trouble {
  return { kind: "unexpected", status: response.status };
}

interface Problem {
  readonly type?: unknown;
  readonly state?: unknown;
  readonly at?: unknown;
  readonly attempts_left?: unknown;
}

async function readProblem(response: Response): Promise<Problem> {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json") === true;
  const text = await response.text();
  try {
    const problem: unknown = isProblem ? JSON.parse(text) : null;
    return typeof problem === "object" && problem !== null ? problem : {};
  } catch {
    return {};
  }
}

function refusalOf({ type, state, at, attempts_left: attemptsLeft }: Problem): Refusal | null {
  const name = nameOf(type);
  const simple = plain.find((kind) => kind === name);
  if (simple !== undefined) {
    return { kind: simple };
  }
  if (name === "wrong-passphrase" && typeof attemptsLeft === "number") {
    return { kind: name, attemptsLeft };
  }
  const gone = goneStates.find((known) => known === name && known === state);
  const time = new Date(typeof at === "string" ? at : Number.NaN);
  return gone === undefined || Number.isNaN(time.getTime()) ? null : { kind: "gone", state: gone, at: time };
}

function troubleOf({ type }: Problem, response: Response): Trouble | null {
  switch (nameOf(type)) {
    case "rate-limited":
      return { kind: "rate-limited", retryAfter: retryAfter(response) };
    case "busy":
    case "unavailable":
      return { kind: "unavailable", retryAfter: retryAfter(response) };
    case "silent":
      return { kind: "no-answer" }; // what was sent broke off on its way
    default:
      return null;
  }
}

// A proxy in between has limits of its own and no problems, and neither has the answer to a HEAD.
function byStatus(response: Response): Refusal | Trouble {
  switch (response.status) {
    case 404:
      return response.body === null ? { kind: "not-found" } : unexpected(response);
    case 413:
      return { kind: "too-large" };
    case 429:
      return { kind: "rate-limited", retryAfter: retryAfter(response) };
    case 502:
    case 503:
    case 504:
      return { kind: "unavailable", retryAfter: retryAfter(response) };
    default:
      return unexpected(response);
  }
}

function isOf<K extends RefusalKind>(
  refusal: Refusal | Trouble,
  kinds: readonly K[],
): refusal is RefusalOf<K> | Trouble {
  const troubles: readonly string[] = ["rate-limited", "unavailable", "no-answer", "unexpected"];
  return troubles.includes(refusal.kind) || kinds.some((kind) => kind === refusal.kind);
}

function nameOf(type: unknown): string {
  return typeof type === "string" && type.startsWith("/problems/") ? type.slice("/problems/".length) : "";
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After") ?? "");
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 5;
}
