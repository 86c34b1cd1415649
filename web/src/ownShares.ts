import type { ShareId } from "./envelope/shareId.ts";

/** What is kept of them: ids alone, of which nothing opens. The oldest are forgotten first. */
const place = "onetimeshare.own-shares";
const most = 200;

/** Remembers that a share was made in this browser, so that its sender is warned before opening it themselves. */
export function rememberOwnShare(id: ShareId): void {
  const ids = [...ownShares().filter((own) => own !== id.toString()), id.toString()].slice(-most);
  try {
    localStorage.setItem(place, JSON.stringify(ids));
  } catch {
    // A browser that keeps nothing keeps no warning either.
  }
}

/** Whether this share was made in this browser, as far as it remembers. */
export function isOwnShare(id: ShareId): boolean {
  return ownShares().includes(id.toString());
}

function ownShares(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
