import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { textNamed } from "../src/page/fill.ts";
import { choose } from "../src/text.ts";
import { de } from "../src/text/de.ts";
import { en } from "../src/text/en.ts";
import { repository } from "./repository.ts";

const pages = join(repository, "src/OneTimeShare.Server/Web/Pages");

test("Every text that a page names is there, in every language", async () => {
  const named = new Set<string>();
  for (const page of (await readdir(pages)).filter((name) => name.endsWith(".cshtml"))) {
    const text = await readFile(join(pages, page), "utf8");
    for (const [, name] of text.matchAll(/data-(?:text|label|placeholder)="([^"@]*)"/g)) {
      named.add(name ?? "");
    }
    for (const [, name] of text.matchAll(/LinkField\.Create\("([^"]*)"\)/g)) {
      named.add(`share.${name}`);
    }
  }
  assert.ok(named.size > 0);
  for (const name of named) {
    for (const language of [en, de]) {
      assert.notEqual(textNamed(name, language), "", name);
    }
  }
});

test("A text that is not there is a mistake, and so is one that says something of a number", () => {
  assert.throws(() => textNamed("common.nothing", en), /common\.nothing/);
  assert.throws(() => textNamed("nothing.at.all", en));
  assert.throws(() => textNamed("common.timeLeft", en));
});

test("A browser that names no language at all is answered in the next one, or in English", () => {
  assert.equal(choose(["C", "de"]), de);
  assert.equal(choose(["C"]), en);
});

test("A visitor gets the first of their languages that there is, or English", () => {
  assert.equal(choose(["fr", "de-AT", "en"]), de);
  assert.equal(choose(["en-GB", "de"]), en);
  assert.equal(choose(["tlh"]), en);
  assert.equal(choose([]), en);
});
