import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, type Browser, type ElementHandle, type Page } from "puppeteer-core";
import { buttonCalled, fieldCalled, fileField, patience, savedIn, textOf, type Person } from "./person.ts";

/** Debian's Firefox, driven by WebDriver BiDi. What its console complains of fails the test when the person leaves. */
export class Firefox implements Person {
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #folder: string;
  readonly #complaints: string[] = [];

  private constructor(browser: Browser, page: Page, folder: string) {
    this.#browser = browser;
    this.#page = page;
    this.#folder = folder;
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warn") {
        this.#complaints.push(message.text());
      }
    });
  }

  static async start(): Promise<Firefox> {
    const folder = await mkdtemp(join(tmpdir(), "ots-firefox-"));
    const browser = await launch({
      browser: "firefox",
      executablePath: "/usr/bin/firefox-esr",
      headless: true,
      timeout: patience,
      defaultViewport: { width: 1280, height: 2000 },
      extraPrefsFirefox: {
        "browser.download.folderList": 2,
        "browser.download.dir": folder,
        "intl.accept_languages": "en",
      },
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    return new Firefox(browser, page, folder);
  }

  async open(link: string): Promise<void> {
    // A link that differs only behind its # would be no new page.
    await this.#page.goto("about:blank");
    await this.#page.goto(link);
  }

  async choose(...files: readonly string[]): Promise<void> {
    const field = (await this.#page.waitForSelector(`xpath/${fileField}`)) as ElementHandle<HTMLInputElement>;
    await field.uploadFile(...files);
  }

  async type(label: string, text: string): Promise<void> {
    await this.#page.locator(`xpath/${fieldCalled(label)}`).fill(text);
  }

  async click(button: string): Promise<void> {
    await this.#page.locator(`xpath/${buttonCalled(button)}`).click();
  }

  async sees(text: string): Promise<void> {
    await this.#page.waitForSelector(`xpath/${textOf(text)}`, { visible: true });
  }

  async reads(label: string): Promise<string> {
    const field = await this.#page.waitForSelector(`xpath/${fieldCalled(label)}`, { visible: true });
    return (field as ElementHandle<HTMLInputElement>).evaluate((element) => element.value);
  }

  saved(name: string, length: number): Promise<Buffer> {
    return savedIn(this.#folder, name, length);
  }

  async leave(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true });
    if (this.#complaints.length > 0) {
      throw new Error(`Firefox complains: ${this.#complaints.join("; ")}`);
    }
  }
}
