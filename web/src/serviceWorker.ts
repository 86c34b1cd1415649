// The service worker that hands downloads to the browser as they are opened, so that a file of any length needs little
// memory. It answers its own one-time addresses and nothing else, keeps nothing, and controls no page: none lies below
// its scope. So a new version has nobody to wait for, and there are no rules of its own for when it takes over.
import { Downloads } from "./download/downloads.ts";
import type { FromDownloads, ToDownloads } from "./download/messages.ts";

interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

type MessageOfPage = MessageEvent<ToDownloads> & ExtendableEvent;

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Response): void;
}

// Longer than a page in the background may have to wait between two signs of life, and shorter than browsers allow.
const patience = 90_000;

const downloads = new Downloads();

addEventListener("message", (event) => {
  const message = event as MessageOfPage;
  const { data, source } = message;
  const tell = (kind: FromDownloads["kind"]): void => {
    source?.postMessage({ kind, address: data.address } satisfies FromDownloads);
  };
  switch (data.kind) {
    case "offer":
      downloads.offer(data, () => {
        tell("begun");
      });
      tell("offered");
      break;
    case "break":
      downloads.break(data.address);
      break;
    case "alive":
      if (!downloads.knows(data.address)) {
        tell("unknown");
      }
  }
  message.waitUntil(new Promise((resolve) => setTimeout(resolve, patience)));
});

addEventListener("fetch", (event) => {
  const { request } = event as FetchEvent;
  const response = downloads.answerTo(request.url);
  if (response !== null) {
    (event as FetchEvent).respondWith(response);
  }
});
