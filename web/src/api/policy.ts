import type { PolicyOutcome } from "./answers.ts";
import type { Fields } from "./fields.ts";

export function readPolicy(fields: Fields): PolicyOutcome {
  const ttl = fields.within("ttl");
  const policy = {
    maxSize: fields.count("max_size"),
    ttl: { default: ttl.count("default"), min: ttl.count("min"), max: ttl.count("max") },
    extensions: fields.texts("extensions"),
    maxPassphraseAttempts: fields.count("max_passphrase_attempts"),
    createToken: fields.flag("create_token"),
  };
  return { kind: "policy", policy };
}
