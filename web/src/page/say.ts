import { texts } from "../text.ts";
import { create } from "./dom.ts";

const region = create("p", { class: "visually-hidden", role: "status" });
const toast = create("p", { class: "toast-line", "aria-hidden": "true" });
let hiding: ReturnType<typeof setTimeout> | undefined;

/** How long a toast stays; what it said also stands in the live region, and nothing depends on having seen it. */
const toastTime = 4_000;

/** Tells who listens to the page, politely: for what they would otherwise have to look for. */
export function say(text: string): void {
  if (!region.isConnected) {
    document.body.append(region);
  }
  // The same words again are news too, and only a change is read out.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}

/** Copies a text, and says whether the browser did. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(texts.common.copied);
    return true;
  } catch {
    showToast(texts.common.notCopied);
    return false;
  }
}

/** Says and shows for a moment what has been done. */
export function showToast(text: string): void {
  say(text);
  if (!toast.isConnected) {
    document.body.append(toast);
  }
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    toast.hidden = true;
  }, toastTime);
}
