import { Patience } from "../../api/patience.ts";
import { format, texts } from "../../text.ts";
import type { Claimed, Stop } from "./outcomes.ts";
import { showBusy } from "./states.ts";
import type { Taking } from "./taking.ts";

/** Milliseconds after which whoever waits is asked whether they still want to. */
const longEnough = 60_000;

/** Claims until there is an answer: the claim token stays the same, so that what was lost on its way is no loss. */
export async function claimPatiently(taking: Taking): Promise<Claimed | Stop> {
  showBusy(texts.receive.claimingTitle, texts.receive.claimingNote);
  const patience = new Patience(AbortSignal.timeout(longEnough), (_, seconds) => {
    showBusy(texts.receive.claimingTitle, texts.receive.waiting(format.timeLeft(seconds)));
  });
  let last: Claimed | Stop = { kind: "no-answer" };
  try {
    return await patience.ask(async () => (last = await taking.claim()));
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") {
      return last;
    }
    throw error;
  }
}
