/** A token of JSON: "name" is a field's name with its colon, "end" what follows a whole value, "error" no JSON. */
export type JsonToken =
  "start" | "{" | "}" | "[" | "]" | "name" | "string" | "number" | "true" | "false" | "null" | "end" | "error";

const literals: readonly ("true" | "false" | "null")[] = ["true", "false", "null"];
const whiteSpace = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Reads JSON as RFC 8259 has it, token by token, so that a caller sees how a number is spelled and nothing nests too
 * deep: what is open is kept in a list, not on the stack. An error is the answer from then on.
 */
export class JsonReader {
  readonly #text: string;
  readonly #open: ("{" | "[")[] = [];
  #at = 0;
  #token: JsonToken = "start";
  #spelled = "";

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether this is the token that was read. */
  is(token: JsonToken): boolean {
    return this.#token === token;
  }

  /** The token as it is spelled: a string with its quotes, a number with all its digits. */
  get spelled(): string {
    return this.#spelled;
  }

  read(): JsonToken {
    if (this.#token !== "error" && this.#token !== "end") {
      this.#match(whiteSpace);
      this.#token = this.#next();
    }
    return this.#token;
  }

  /** Passes over what the token begins, however deep it nests. */
  skip(): void {
    if (this.#token === "{" || this.#token === "[") {
      const depth = this.#open.length;
      while (this.#open.length >= depth && this.read() !== "error") {
        // the closing token makes it shallower
      }
    }
  }

  #next(): JsonToken {
    switch (this.#token) {
      case "{":
        return this.#take("}") ? this.#close() : this.#name();
      case "[":
        return this.#take("]") ? this.#close() : this.#value();
      case "start":
      case "name":
        return this.#value();
      default:
        return this.#afterValue();
    }
  }

  #afterValue(): JsonToken {
    switch (this.#open.at(-1)) {
      case undefined:
        return this.#at === this.#text.length ? "end" : "error";
      case "{":
        return this.#take("}") ? this.#close() : this.#comma() ? this.#name() : "error";
      case "[":
        return this.#take("]") ? this.#close() : this.#comma() ? this.#value() : "error";
    }
  }

  #close(): JsonToken {
    return this.#open.pop() === "{" ? "}" : "]";
  }

  #comma(): boolean {
    return this.#take(",") && this.#match(whiteSpace);
  }

  #name(): JsonToken {
    if (!this.#string()) {
      return "error";
    }
    const name = this.#spelled;
    this.#match(whiteSpace);
    const colon = this.#take(":");
    this.#spelled = name;
    return colon ? "name" : "error";
  }

  #value(): JsonToken {
    for (const bracket of ["{", "["] as const) {
      if (this.#take(bracket)) {
        this.#open.push(bracket);
        return bracket;
      }
    }
    if (this.#text[this.#at] === '"') {
      return this.#string() ? "string" : "error";
    }
    return literals.find((literal) => this.#take(literal)) ?? (this.#match(number) ? "number" : "error");
  }

  // Not one pattern for all of it: engines differ in how long a text that bears.
  #string(): boolean {
    const start = this.#at;
    if (this.#text[start] !== '"') {
      return false;
    }
    for (let at = start + 1; at < this.#text.length; at++) {
      const character = this.#text.charAt(at);
      if (character === '"') {
        this.#at = at + 1;
        this.#spelled = this.#text.slice(start, this.#at);
        return true;
      }
      if (character < " ") {
        return false;
      }
      if (character === "\\") {
        escape.lastIndex = at;
        if (!escape.test(this.#text)) {
          return false;
        }
        at = escape.lastIndex - 1;
      }
    }
    return false;
  }

  #take(expected: string): boolean {
    const there = this.#text.startsWith(expected, this.#at);
    this.#at += there ? expected.length : 0;
    return there;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) {
      return false;
    }
    this.#at = pattern.lastIndex;
    this.#spelled = match[0];
    return true;
  }
}
