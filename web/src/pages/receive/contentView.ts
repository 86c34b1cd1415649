import type { Bytes } from "../../envelope/bytes.ts";
import { safeFileNames } from "../../envelope/fileNames.ts";
import { contentLength, type Manifest } from "../../envelope/manifest.ts";
import { setText } from "../../page/dom.ts";
import { format, texts } from "../../text.ts";
import { bytesFrom } from "../../worker/bytePort.ts";
import type { Report } from "../../worker/messages.ts";
import { FilesView } from "./filesView.ts";
import type { Claimed, Stop } from "./outcomes.ts";
import { decodeText, longestShown } from "./shownText.ts";
import { element, showBusy } from "./states.ts";
import type { Taking } from "./taking.ts";
import { showText } from "./textView.ts";

/** What has been taken as a text is none after all. */
const notText = { kind: "not-text" } as const;

type ReadText = { readonly kind: "text"; readonly text: string } | typeof notText | Stop;

/** Shows what was taken: a text as a text, and everything else to be saved. */
export async function showContent(
  taking: Taking,
  { manifest, leaseUntil }: Claimed,
  onStop: (stop: Stop) => void,
): Promise<void> {
  element("own").hidden = true;
  for (const note of document.querySelectorAll(".lease-note")) {
    setText(note, texts.receive.leaseNote(format.moment(leaseUntil)));
  }
  const read = isShown(manifest) ? await readText(taking, contentLength(manifest)) : notText;
  switch (read.kind) {
    case "not-text":
      return FilesView.show(taking, manifest, whySaved(manifest), onStop);
    case "text":
      taking.handOver([0]);
      showText(read.text, safeFileNames(manifest)[0] ?? "", taking);
      return;
    default:
      onStop(read);
  }
}

function isShown(manifest: Manifest): boolean {
  return manifest.text && contentLength(manifest) <= longestShown;
}

/** Why a text is saved and not shown. */
function whySaved(manifest: Manifest): string {
  if (!manifest.text) {
    return "";
  }
  return isShown(manifest) ? texts.receive.notText : texts.receive.tooLongToShow;
}

async function readText(taking: Taking, length: number): Promise<ReadText> {
  const onReport = (report: Report): void => {
    if (report.kind === "waiting") {
      showBusy(texts.receive.claimingTitle, texts.receive.waiting(format.timeLeft(report.seconds)));
    }
  };
  const { port1, port2 } = new MessageChannel();
  const { signal } = new AbortController();
  const [outcome, pieces] = await Promise.all([
    taking.deliver({ from: 0, to: length }, port2, { signal, onReport }),
    piecesFrom(port1),
  ]);
  switch (outcome.kind) {
    case "delivered": {
      const text = decodeText(pieces);
      return text === null ? notText : { kind: "text", text };
    }
    case "cancelled": // which nobody can here
      return { kind: "failed" };
    default:
      return outcome;
  }
}

/** As many as there are: whoever sends them knows whether they are all. */
async function piecesFrom(port: MessagePort): Promise<readonly Bytes[]> {
  const pieces: Bytes[] = [];
  try {
    for await (const piece of bytesFrom(port)) {
      pieces.push(piece);
    }
  } catch {
    // It is the outcome of the delivery.
  }
  return pieces;
}
