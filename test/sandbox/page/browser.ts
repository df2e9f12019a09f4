import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The Chromium of this machine, if there is one. */
export const chromium = names.find(
  (name) => !spawnSync(name, ["--version"], { stdio: "ignore" }).error,
);

/** Added to a suite's title, which is skipped without a browser. */
export const whySkipped =
  chromium === undefined
    ? " (skipped: no Chromium on this machine; Debian's package is chromium)"
    : "";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
}

/**
 * One page in a headless Chromium, driven through a pipe by the DevTools protocol: what is live can't be
 * seen in a page that is only dumped.
 */
export class Browser {
  /** What the page's console and its content security policy complained of. */
  readonly complaints: string[] = [];
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly toBrowser: Writable;
  private count = 0;
  private sessionId: string | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    const [, , , toBrowser, fromBrowser] = child.stdio as unknown as [
      null,
      null,
      null,
      Writable,
      Readable,
    ];
    this.toBrowser = toBrowser;
    let text = "";
    fromBrowser.setEncoding("utf8").on("data", (chunk: string) => {
      const messages = (text + chunk).split("\0");
      text = messages.pop() ?? "";
      for (const one of messages) this.receive(JSON.parse(one) as Message);
    });
  }

  static async start(): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), "browser-"));
    const child = spawn(
      chromium ?? "",
      [
        ...["--headless", "--no-sandbox", "--disable-gpu"],
        ...["--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run"],
        ...["--remote-debugging-pipe", `--user-data-dir=${folder}`],
      ],
      {
        stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
        env: { ...process.env, HOME: folder },
      },
    );
    const browser = new Browser(child, folder);
    const { targetId } = await browser.send("Target.createTarget", {
      url: "about:blank",
    });
    const { sessionId } = await browser.send("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    browser.sessionId = String(sessionId);
    for (const domain of ["Page", "Runtime", "Log"]) {
      await browser.send(`${domain}.enable`);
    }
    return browser;
  }

  async close(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async look({ width, height, scheme }: View): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", {
      ...{ width, height, deviceScaleFactor: 1, mobile: false },
    });
    await this.send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: scheme }],
    });
  }

  /** Ends once the page and all that it asks for are there. */
  async open(url: string): Promise<void> {
    await this.send("Page.navigate", { url });
    await this.until(
      `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`,
    );
  }

  /** What the expression is in the page. */
  async value(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      ...{ expression, awaitPromise: true, returnByValue: true },
    });
    if (exceptionDetails !== undefined) {
      throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    }
    return (result as { readonly value?: unknown }).value;
  }

  /** Waits until the expression is true: the test's own time limit ends it. */
  async until(expression: string): Promise<void> {
    for (;;) {
      const isSo = await this.value(
        `new Promise((done) => requestAnimationFrame(() => done(${expression})))`,
      ).catch(() => false);
      if (isSo === true) return;
    }
  }

  /** Of what is in view, as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot");
    return Buffer.from(String(data), "base64");
  }

  private async send(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    this.count += 1;
    const id = this.count;
    const { sessionId } = this;
    const answered = new Promise<Message>((resolve) => {
      this.waiting.set(id, resolve);
    });
    this.toBrowser.write(
      `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
    );
    const { result = {}, error } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  private receive(message: Message): void {
    const { id, method, params } = message;
    if (id !== undefined) {
      this.waiting.get(id)?.(message);
      this.waiting.delete(id);
    }
    if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded") {
      this.complaints.push(JSON.stringify(params));
    }
  }
}
