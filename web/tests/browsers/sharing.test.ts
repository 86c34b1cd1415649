import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { Server } from "../server.ts";
import { Firefox } from "./firefox.ts";
import type { Person } from "./person.ts";
import { WebKit } from "./webKit.ts";

let server: Server;
let folder: string;

before(async () => {
  server = await Server.start({ OTS_MAX_SIZE: "100MB" });
  folder = await mkdtemp(join(tmpdir(), "ots-browsers-"));
});

after(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

async function fileOf(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

for (const [name, browser] of [["Firefox", Firefox], ["WebKit", WebKit]] as const) {
  describe(`In ${name}`, () => {
    async function arrive(test: TestContext, link: string): Promise<Person> {
      const person = await browser.start();
      test.after(() => person.leave());
      await person.open(link);
      return person;
    }

    async function linkOf(sender: Person): Promise<string> {
      await sender.click("Seal and get the link");
      await sender.sees("This page is the only place that shows its link");
      return sender.reads("The link, for your reader");
    }

    test("a text is shared, revealed once, and gone for the next", async (context) => {
      const sender = await arrive(context, server.address);
      await sender.type("Or a text", "battery staple é");
      const link = await linkOf(sender);

      const reader = await arrive(context, link);
      await reader.sees("A text is waiting");
      await reader.click("Reveal");
      await reader.sees("Here it is");
      await reader.sees("battery staple é");
      await reader.click("I have it");
      await reader.sees("The server has deleted the secret");

      await sender.open(link);
      await sender.sees("It has been delivered");
    });

    test("several files are shared with a passphrase, and a wrong one takes nothing", async (context) => {
      const sender = await arrive(context, server.address);
      const [env, pem] = [randomBytes(1000), randomBytes(70_000)];
      await sender.choose(await fileOf("a.env", env), await fileOf("b.pem", pem));
      await sender.sees("2 files, 71 kB");
      await sender.type("Passphrase", "correct horse");
      const link = await linkOf(sender);

      const reader = await arrive(context, link);
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

    for (const [what, length] of [
      ["sent in pieces and saved from memory", 9 * 2 ** 20],
      ["sent in pieces and saved as it comes", 40 * 2 ** 20],
    ] as const) {
      test(`a file is ${what}`, async (context) => {
        const content = randomBytes(length);
        const sender = await arrive(context, server.address);
        await sender.choose(await fileOf("large.zip", content));
        const link = await linkOf(sender);

        const reader = await arrive(context, link);
        await reader.sees("A file is waiting");
        await reader.click("Reveal");
        await reader.click("Save large.zip");
        assert.ok(content.equals(await reader.saved("large.zip", length)));
        await reader.click("I have it");
        await reader.sees("The server has deleted the secret");
      });
    }
  });
}
