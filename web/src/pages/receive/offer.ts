import { safeFileNames } from "../../envelope/fileNames.ts";
import { contentLength, type Manifest } from "../../envelope/manifest.ts";
import { create, setText } from "../../page/dom.ts";
import { format, texts } from "../../text.ts";
import { ZipLayout } from "../../zip/zipLayout.ts";
import { Destinations } from "./destinations.ts";
import type { Unlocked } from "./outcomes.ts";
import { button, element, fact, moment, nameElement, show } from "./states.ts";

/** Says what one would take, before it is taken. */
export async function showOffer({ manifest, expiresAt }: Unlocked, reveal: () => void): Promise<void> {
  const words = texts.receive;
  const { files, text } = manifest;
  const size = contentLength(manifest);
  setText(element("offer-title"), text ? words.offerText : words.offerFiles(files.length, format.number(files.length)));
  element("offer-facts").replaceChildren(
    ...fact(words.size, format.size(size)),
    ...fact(words.expires, moment(expiresAt)),
  );
  const names = safeFileNames(manifest);
  element("offer-files").hidden = text;
  element("offer-files").replaceChildren(
    ...files.map((file, at) =>
      create("li", {}, nameElement(names[at] ?? ""), create("span", { class: "file-size" }, format.size(file.size))),
    ),
  );
  setText(element("once-note"), text ? words.onceText : words.onceFiles);
  const largest = largestDownload(manifest);
  element("memory").hidden = !(await Destinations.for(largest)).isHeld(largest);
  setText(element("memory-note"), words.memoryNote(format.size(largest)));
  button("reveal").onclick = reveal;
  show("offer");
}

/** The most that is saved at once: all files as a zip, where there are several. */
export function largestDownload(manifest: Manifest): number {
  return manifest.files.length > 1 ? ZipLayout.of(manifest).length : contentLength(manifest);
}
