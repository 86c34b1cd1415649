import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { repository } from "./repository.ts";

const program = join(repository, "src/OneTimeShare.Server/bin/Release/net10.0/ots-server.dll");

/** The server itself, as scripts/test has built it, with a folder and a port of its own. */
export class Server {
  /** Ends in a slash. */
  readonly address: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(address: string, folder: string, process: ChildProcess) {
    this.address = address;
    this.#folder = folder;
    this.#process = process;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Server> {
    if (!existsSync(program)) {
      throw new Error(`Build the server first: there is no ${program}.`);
    }
    const folder = await mkdtemp(join(tmpdir(), "ots-web-"));
    const address = `http://127.0.0.1:${await freePort()}`;
    const env = { ...process.env, ASPNETCORE_URLS: address, OTS_DATA: folder, OTS_RATE_LIMITS: "off", ...settings };
    const server = new Server(`${address}/`, folder, spawn("dotnet", [program], { env, stdio: "inherit" }));
    await server.#ready();
    return server;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      this.#process.kill("SIGTERM");
      await once(this.#process, "exit");
    }
    await rm(this.#folder, { recursive: true });
  }

  async #ready(): Promise<void> {
    for (let tries = 0; tries < 600 && this.#process.exitCode === null; tries++) {
      const health = await fetch(`${this.address}health`).catch(() => null);
      if (health?.status === 200) {
        return;
      }
      await delay(50);
    }
    await this.stop();
    throw new Error("The server has not started.");
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
