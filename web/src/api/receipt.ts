import type { Receipt, ReceiptOutcome } from "./answers.ts";
import type { Fields } from "./fields.ts";

const states: readonly Receipt["state"][] = [
  "pending",
  "claimed",
  "delivered",
  "unconfirmed",
  "expired",
  "burned",
];

export function readReceipt(fields: Fields): ReceiptOutcome {
  const receipt = {
    state: fields.oneOf("state", states),
    locked: fields.flag("locked"),
    createdAt: fields.time("created_at"),
    expiresAt: fields.time("expires_at"),
    claimedAt: fields.optional("claimed_at", (name) => fields.time(name)),
    endedAt: fields.optional("ended_at", (name) => fields.time(name)),
    failedAttempts: fields.count("failed_attempts"),
  };
  return { kind: "receipt", receipt };
}
