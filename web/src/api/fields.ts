import type { Bytes } from "../envelope/bytes.ts";
import { decodeBase64Url } from "../envelope/strictBase64Url.ts";

/** An answer that lacks a field, or has another thing in its place. Nobody but the reader of answers sees it. */
export class MalformedAnswer extends Error {}

/** The fields of an answer, each read as what it has to be. */
export class Fields {
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(json: unknown) {
    if (typeof json !== "object" || json === null) {
      throw new MalformedAnswer("An answer is an object.");
    }
    this.#fields = new Map(Object.entries(json));
  }

  text(name: string): string {
    const value = this.#fields.get(name);
    return typeof value === "string" ? value : this.#malformed(name);
  }

  texts(name: string): readonly string[] {
    const value: unknown = this.#fields.get(name);
    const isText = (item: unknown): item is string => typeof item === "string";
    return Array.isArray(value) && value.every(isText) ? value : this.#malformed(name);
  }

  flag(name: string): boolean {
    const value = this.#fields.get(name);
    return typeof value === "boolean" ? value : this.#malformed(name);
  }

  /** A whole number, 0 or more, that a double holds exactly. */
  count(name: string): number {
    const value = this.#fields.get(name);
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : this.#malformed(name);
  }

  time(name: string): Date {
    const time = new Date(this.text(name));
    return Number.isNaN(time.getTime()) ? this.#malformed(name) : time;
  }

  bytes(name: string): Bytes {
    return decodeBase64Url(this.text(name)) ?? this.#malformed(name);
  }

  within(name: string): Fields {
    return new Fields(this.#fields.get(name));
  }

  parsed<T>(name: string, parse: (text: string) => T | null): T {
    return parse(this.text(name)) ?? this.#malformed(name);
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const text = this.text(name);
    return values.find((value) => value === text) ?? this.#malformed(name);
  }

  /** What the field is, or null where it is null or not there. */
  optional<T>(name: string, read: (name: string) => T): T | null {
    return (this.#fields.get(name) ?? null) === null ? null : read(name);
  }

  #malformed(name: string): never {
    throw new MalformedAnswer(`The field ${name} is not what it has to be.`);
  }
}
