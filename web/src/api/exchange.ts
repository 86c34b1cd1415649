import { Fields, MalformedAnswer } from "./fields.ts";
import { unexpected, type Trouble } from "./refusal.ts";

/** A caller that aborts gets its signal's reason thrown; everything else is an outcome. */
export interface Abortable {
  readonly signal?: AbortSignal | undefined;
}

export interface Request extends Abortable {
  readonly method: "GET" | "HEAD" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  /** A token or a proof. */
  readonly bearer?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit | undefined;
}

export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** Sends a request once, and reads its answer. It repeats nothing: whoever asked knows whether that is safe. */
export class Exchange {
  readonly #server: string;
  readonly #fetch: Fetch;

  /** The server's address ends in a slash. */
  constructor(server: string, fetch: Fetch) {
    this.#server = server;
    this.#fetch = fetch;
  }

  async send<T>(request: Request, read: (response: Response) => Promise<T>): Promise<T | Trouble> {
    const headers = new Headers(request.headers);
    if (request.bearer !== undefined) {
      headers.set("Authorization", `Bearer ${request.bearer}`);
    }
    try {
      const response = await this.#fetch(`${this.#server}api/v1/${request.path}`, {
        method: request.method,
        headers,
        body: request.body ?? null,
        signal: request.signal ?? null,
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
      return await read(response);
    } catch (error) {
      if (request.signal?.aborted === true || !(error instanceof TypeError)) {
        throw error;
      }
      return { kind: "no-answer" }; // a TypeError is all that fetch says of a broken connection
    }
  }
}

/** Reads an answer in JSON; one that is not what it has to be is unexpected. */
export async function readJson<T>(response: Response, read: (fields: Fields) => T): Promise<T | Trouble> {
  const text = await response.text();
  try {
    return read(new Fields(JSON.parse(text)));
  } catch (error) {
    if (error instanceof MalformedAnswer || error instanceof SyntaxError) {
      return unexpected(response);
    }
    throw error;
  }
}
