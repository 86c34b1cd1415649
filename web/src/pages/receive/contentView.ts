import { safeFileNames } from "../../envelope/fileNames.ts";
import { contentLength, type Manifest } from "../../envelope/manifest.ts";
import { setText } from "../../page/dom.ts";
import { format, texts } from "../../text.ts";
import type { EnvelopeAway } from "../../worker/envelopeAway.ts";
import { Content, readPieces } from "./content.ts";
import { FilesView } from "./filesView.ts";
import type { Claimed, Stop } from "./outcomes.ts";
import { decodeText, longestShown } from "./shownText.ts";
import { element, showBusy } from "./states.ts";
import type { Taking } from "./taking.ts";
import { showText } from "./textView.ts";

/** Shows what was taken: a text as a text, and everything else to be saved. */
export async function showContent(
  taking: Taking,
  away: EnvelopeAway,
  { manifest, leaseUntil }: Claimed,
  onStop: (stop: Stop) => void,
): Promise<void> {
  element("own").hidden = true;
  for (const note of document.querySelectorAll(".lease-note")) {
    setText(note, texts.receive.leaseNote(format.moment(leaseUntil)));
  }
  const content = new Content(taking, away, manifest);
  const text = isShown(manifest) ? await readText(content, contentLength(manifest)) : null;
  if (text === null) {
    await FilesView.show({ taking, content, manifest }, whySaved(manifest), onStop);
    return;
  }
  const [name = ""] = safeFileNames(manifest);
  taking.handOver([0]);
  showText(text, name, taking);
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

/** Null where it is no text after all. */
async function readText(content: Content, length: number): Promise<string | null> {
  const onWaiting = (seconds: number): void => {
    showBusy(texts.receive.claimingTitle, texts.receive.waiting(format.timeLeft(seconds)));
  };
  const { signal } = new AbortController();
  return decodeText(await readPieces(content.read({ from: 0, to: length }, { signal, onWaiting })));
}
