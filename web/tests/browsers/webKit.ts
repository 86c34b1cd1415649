import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Builder, By, error as errors, type WebDriver, type WebElement } from "selenium-webdriver";
import { freePort } from "../server.ts";
import { buttonCalled, fieldCalled, fileField, patience, savedIn, textOf, type Person } from "./person.ts";

const { ElementNotInteractableError, NoSuchElementError, StaleElementReferenceError } = errors;

/** Debian's WebKitGTK, driven by WebDriver on a display of its own. */
export class WebKit implements Person {
  readonly #driver: WebDriver;
  readonly #processes: readonly ChildProcess[];
  readonly #home: string;

  private constructor(driver: WebDriver, processes: readonly ChildProcess[], home: string) {
    this.#driver = driver;
    this.#processes = processes;
    this.#home = home;
  }

  static async start(): Promise<WebKit> {
    const home = await mkdtemp(join(tmpdir(), "ots-webkit-"));
    await mkdir(join(home, ".config"));
    await writeFile(join(home, ".config/user-dirs.dirs"), 'XDG_DOWNLOAD_DIR="$HOME"\n');
    const port = await freePort();
    const display = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x2000x24"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [number] = (await once(display.stdout, "data")) as [Buffer];
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: { ...process.env, HOME: home, DISPLAY: `:${number.toString().trim()}`, LC_ALL: "C" },
      stdio: "ignore",
    });
    const address = `http://127.0.0.1:${port}`;
    for (let tries = 0; tries < 200 && (await fetch(`${address}/status`).catch(() => null)) === null; tries++) {
      await delay(50);
    }
    const processes = [driver, display];
    try {
      const browser = new Builder().usingServer(address).withCapabilities({ browserName: "MiniBrowser" });
      return new WebKit(await browser.build(), processes, home);
    } catch (error) {
      await end(processes, home); // what nobody ends keeps the tests from ending
      throw error;
    }
  }

  async open(link: string): Promise<void> {
    // A link that differs only behind its # would be no new page.
    await this.#driver.get("about:blank");
    await this.#driver.get(link);
  }

  async choose(...files: readonly string[]): Promise<void> {
    await this.#act(fileField, (field) => field.sendKeys(files.join("\n")));
  }

  async type(label: string, text: string): Promise<void> {
    await this.#act(fieldCalled(label), async (field) => {
      await field.clear();
      await field.sendKeys(text);
    });
  }

  async click(button: string): Promise<void> {
    await this.#act(buttonCalled(button), (element) => element.click());
  }

  async sees(text: string): Promise<void> {
    await this.#act(textOf(text), mustBeShown);
  }

  async reads(label: string): Promise<string> {
    return this.#act(fieldCalled(label), async (field) => {
      await mustBeShown(field);
      return (await field.getAttribute("value")) ?? "";
    });
  }

  saved(name: string, length: number): Promise<Buffer> {
    return savedIn(this.#home, name, length);
  }

  async leave(): Promise<void> {
    await this.#driver.quit();
    await end(this.#processes, this.#home);
  }

  // A page changes while it is looked at, so what is not there, or no longer, is looked for again.
  async #act<T>(xpath: string, act: (element: WebElement) => Promise<T>): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      try {
        return await act(await this.#driver.findElement(By.xpath(xpath)));
      } catch (error) {
        const early =
          error instanceof NoSuchElementError ||
          error instanceof StaleElementReferenceError ||
          error instanceof ElementNotInteractableError;
        if (!early || Date.now() > end) {
          throw error;
        }
      }
      await delay(50);
    }
  }
}

async function mustBeShown(element: WebElement): Promise<void> {
  if (!(await element.isDisplayed())) {
    throw new ElementNotInteractableError("It is not shown.");
  }
}

async function end(processes: readonly ChildProcess[], home: string): Promise<void> {
  for (const process of processes) {
    if (process.exitCode === null) {
      process.kill();
      await once(process, "exit");
    }
  }
  await rm(home, { recursive: true });
}
