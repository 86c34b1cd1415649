import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Server } from "../server.ts";
import type { Person } from "./person.ts";

/** Declares the tests in which one person shares and another receives, each with a browser of their own. */
export function testSharing(start: () => Promise<Person>): void {
  let server: Server;
  let folder: string;
  let sender: Person;
  let reader: Person;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ots-browsers-"));
    [server, sender, reader] = await Promise.all([Server.start({ OTS_MAX_SIZE: "100MB" }), start(), start()]);
  });

  after(async () => {
    await Promise.all([server.stop(), sender.leave(), reader.leave(), rm(folder, { recursive: true })]);
  });

  async function fileOf(name: string, content: Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  async function linkOf(): Promise<string> {
    await sender.click("Seal and get the link");
    await sender.sees("This page is the only place that shows its link");
    return sender.reads("The link, for your reader");
  }

  test("a text is shared, revealed once, and gone for the next", async () => {
    await sender.open(server.address);
    await sender.type("Or a text", "battery staple é");
    const link = await linkOf();

    await reader.open(link);
    await reader.sees("A text is waiting");
    await reader.click("Reveal");
    await reader.sees("Here it is");
    await reader.sees("battery staple é");
    await reader.click("I have it");
    await reader.sees("The server has deleted the secret");

    await sender.open(link);
    await sender.sees("It has been delivered");
  });

  test("several files are shared with a passphrase, and a wrong one takes nothing", async () => {
    await sender.open(server.address);
    const [env, pem] = [randomBytes(1000), randomBytes(70_000)];
    await sender.choose(await fileOf("a.env", env), await fileOf("b.pem", pem));
    await sender.sees("2 files, 71 kB");
    await sender.type("Passphrase", "correct horse");
    const link = await linkOf();

    await reader.open(link);
    await reader.type("Passphrase", "incorrect horse");
    await reader.click("Go on");
    await reader.sees("4 attempts are left");
    await reader.type("Passphrase", "correct horse");
    await reader.click("Go on");
    await reader.sees("2 files are waiting");
    await reader.click("Reveal");
    await reader.click("Save a.env");
    assert.ok(env.equals(await reader.saved("a.env", env.length)));
    await reader.click("Save b.pem");
    assert.ok(pem.equals(await reader.saved("b.pem", pem.length)));
    await reader.click("I have it");
    await reader.sees("The server has deleted the secret");
  });

  for (const [what, name, length] of [
    ["sent in pieces and saved from memory", "large.zip", 9 * 2 ** 20],
    ["sent in pieces and saved as it comes", "larger.zip", 40 * 2 ** 20],
  ] as const) {
    test(`a file is ${what}`, async () => {
      const content = randomBytes(length);
      await sender.open(server.address);
      await sender.choose(await fileOf(name, content));
      const link = await linkOf();

      await reader.open(link);
      await reader.sees("A file is waiting");
      await reader.click("Reveal");
      await reader.click(`Save ${name}`);
      assert.ok(content.equals(await reader.saved(name, length)));
      await reader.click("I have it");
      await reader.sees("The server has deleted the secret");
    });
  }
}
