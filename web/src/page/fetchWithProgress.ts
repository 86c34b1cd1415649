import type { Fetch } from "../api/exchange.ts";

/** Milliseconds in which nothing moves, until that counts as a broken connection. */
const patience = 60_000;

/** As fetch, and tells how much of a body has been sent, which fetch itself does not know. */
export function fetchWithProgress(onSent: (bytes: number) => void): Fetch {
  return (input, init) => {
    const { body } = init;
    return body instanceof Blob || body instanceof Uint8Array
      ? send(input, init, body as XMLHttpRequestBodyInit, onSent)
      : fetch(input, init);
  };
}

// As with fetch, a TypeError is all there is to know of a connection that broke.
function send(
  address: string,
  { method = "GET", headers, signal }: RequestInit,
  body: XMLHttpRequestBodyInit,
  onSent: (bytes: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let watch: ReturnType<typeof setTimeout> | undefined;
    const end = (how: () => void): void => {
      clearTimeout(watch);
      removeEventListener("offline", breakOff);
      signal?.removeEventListener("abort", give);
      request.onloadend = null;
      request.abort();
      how();
    };
    const breakOff = (): void => {
      end(() => {
        reject(new TypeError("The connection broke."));
      });
    };
    const give = (): void => {
      end(() => {
        reject(signal?.reason as Error);
      });
    };
    const moved = (): void => {
      clearTimeout(watch);
      watch = setTimeout(breakOff, patience);
    };
    request.upload.onprogress = ({ loaded }) => {
      moved();
      onSent(loaded);
    };
    request.onloadend = () => {
      const answer = request.status === 0 || request.responseURL !== address ? null : answerOf(request);
      end(() => {
        if (answer === null) {
          reject(new TypeError("The connection broke, or led elsewhere."));
        } else {
          resolve(answer);
        }
      });
    };
    if (signal?.aborted === true) {
      give();
      return;
    }
    signal?.addEventListener("abort", give);
    addEventListener("offline", breakOff);
    request.open(method, address);
    new Headers(headers).forEach((value, name) => {
      request.setRequestHeader(name, value);
    });
    moved();
    request.send(body);
  });
}

function answerOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split(/[\r\n]+/)) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const bodyless = [204, 205, 304].includes(request.status);
  return new Response(bodyless ? null : request.responseText, { status: request.status, headers });
}
