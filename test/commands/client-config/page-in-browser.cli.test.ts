import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { htmlOf } from "../../../commands/client-config/page/html";
import { newcomersPage } from "../../../commands/client-config/page/newcomer";
import { run } from "../../../sandbox/engine/run";
import { bastionConfig } from "../../infra/config-of";
import { acme, userOf } from "./acme";

const browsers = ["chromium", "chromium-browser", "google-chrome"];
const browser = browsers.find(
  (name) => !spawnSync(name, ["--version"], { stdio: "ignore" }).error,
);
const suite = browser === undefined ? describe.skip : describe;
const note =
  browser === undefined
    ? " (skipped: no Chromium on this machine; Debian's package is chromium)"
    : "";

/** CSS pixels of a small phone. */
const phone = 360;

/** What the browser makes of a page, in a frame as wide as a phone. */
interface Seen {
  readonly width: number;
  readonly height: number;
  readonly smallestText: number;
  readonly links: readonly string[];
  readonly text: string;
  readonly loaded: number;
  /** What is shown behind the first link. */
  readonly behindLink: string;
}

const measure = `
  const seen = document.querySelector("iframe");
  const page = seen.contentDocument;
  const texts = [...page.querySelectorAll("p, li, td, th, code")];
  const result = {
    width: page.documentElement.scrollWidth,
    height: page.documentElement.scrollHeight,
    smallestText: Math.min(...texts.map((one) =>
      parseFloat(seen.contentWindow.getComputedStyle(one).fontSize))),
    links: [...page.links].map((one) => one.href),
    text: page.body.innerText,
    behindLink: seen.contentWindow.getComputedStyle(page.links[0], "::after").content,
    loaded: seen.contentWindow.performance.getEntriesByType("resource").length,
  };
  document.title = "measured";
  document.querySelector("pre").textContent = btoa(encodeURIComponent(JSON.stringify(result)));
`;

suite(`a newcomer's page in a browser${note}`, () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "newcomer page "));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const chromium = async (...args: readonly string[]) => {
    const home = join(folder, "home");
    mkdirSync(home, { recursive: true });
    const finished = await run(
      browser ?? "",
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        `--user-data-dir=${join(folder, "profile")}`,
        ...args,
      ],
      { environment: { HOME: home }, timeout: 120_000 },
    );
    assert.equal(finished.code, 0, finished.stderr);
    return finished;
  };

  const see = async (html: string): Promise<Seen> => {
    const file = join(folder, "frame.html");
    const attribute = html.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    // A window can't be as narrow as a phone: a frame can.
    writeFileSync(
      file,
      `<!doctype html><pre></pre><iframe width="${phone}" height="640" style="border:0" srcdoc="${attribute}"></iframe>
<script>onload = () => { ${measure} }</script>`,
    );
    const { stdout } = await chromium(
      "--dump-dom",
      `file://${encodeURI(file)}`,
    );
    const [, encoded = ""] = /<pre>([^<]+)<\/pre>/.exec(stdout) ?? [];
    return JSON.parse(
      decodeURIComponent(Buffer.from(encoded, "base64").toString()),
    ) as Seen;
  };

  const page = (user: string, config = acme()) =>
    htmlOf(newcomersPage(config, userOf(config, user)));

  it("fits a phone without scrolling sideways, in letters that can be read", async () => {
    const seen = await see(page("ada"));
    assert.equal(seen.width, phone);
    assert.ok(seen.height > 640);
    assert.ok(seen.smallestText >= 12, `${seen.smallestText} pixels`);
    assert.match(seen.text, /^AWS for ada$/m);
    assert.match(seen.text, /^credential_process = /m);
    assert.equal(seen.loaded, 0);
    assert.equal(
      seen.links.filter((link) => link.includes("/switchrole?")).length,
      5,
    );
    assert.ok(seen.links.every((link) => link.startsWith("https://")));
  });

  it("fits with the longest names too", async () => {
    const account = `a${"-long".repeat(12)}`;
    const role = "R".repeat(64);
    const user = "u".repeat(64);
    const config = bastionConfig(`
bastionAccountId: "111111111111"
accounts: { ${account}: { id: "222222222222" } }
roles: { ${role}: { managedPolicies: [ReadOnlyAccess] } }
everybody: [{ roles: [${role}], accounts: all }]
users: { ${user}: {} }
`);
    const seen = await see(page(user, config));
    assert.equal(seen.width, phone);
    assert.ok(seen.text.includes(role));
  });

  it("prints", async () => {
    const file = join(folder, "ada.html");
    const paper = join(folder, "ada.pdf");
    writeFileSync(file, page("ada"));
    await chromium(
      "--no-pdf-header-footer",
      `--print-to-pdf=${paper}`,
      `file://${encodeURI(file)}`,
    );
    assert.ok(statSync(paper).size > 10_000);
    assert.equal(readFileSync(paper, "latin1").startsWith("%PDF"), true);
  });

  it("tells on paper where its links lead, and fits there too", async () => {
    const onScreen = page("ada");
    const onPaper = await see(
      onScreen.replaceAll("@media print", "@media all"),
    );
    assert.match(onPaper.behindLink, /href|https:/);
    assert.equal(onPaper.width, phone);
    assert.equal((await see(onScreen)).behindLink, "none");
  });
});
