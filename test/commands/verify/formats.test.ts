import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Assignment } from "../../../commands/verify/assignments";
import type { Report } from "../../../commands/verify/report";
import { findingKinds, factsOf } from "../../../commands/verify/finding-kinds";
import { finding } from "../../../commands/verify/findings";
import { toPage } from "../../../commands/verify/formats/page";
import { reachOf } from "../../../commands/verify/formats/reach";
import { toSarif } from "../../../commands/verify/formats/sarif";
import { verdictOf } from "../../../commands/verify/formats/words";
import { toTerminal } from "../../../commands/verify/formats/terminal";
import { shownMachineRole } from "./shown-machine-role";

const assignment = (
  users: readonly string[],
  role: string,
  change: Partial<Assignment> = {},
): Assignment => ({
  users,
  role,
  accounts: ["dev"],
  isGranted: true,
  withoutMfa: "closed",
  freshMfa: "open",
  oldMfa: "open",
  oldMfaSeconds: 3_600,
  takesOldMfa: true,
  ...change,
});

const dev = { id: "222222222222", name: "dev" };
const evil =
  '"><script>document.title="taken"</script></style></svg><img src=x onerror="document.title=`taken`">';

const report: Report = {
  at: new Date("2030-01-02T03:04:05Z"),
  outcome: "fail",
  accounts: [
    {
      ...dev,
      users: 0,
      roles: 2,
      root: { hasKeys: true, hasMfa: false, hasPassword: true },
      usersWithoutMfa: [],
    },
  ],
  unread: [{ id: "333333333333", name: "prod", why: "AccessDenied: no" }],
  assignments: [
    assignment(["ada", "bashir"], "ReadOnly"),
    assignment([evil], "ReadOnly", { isGranted: false, withoutMfa: "open" }),
  ],
  machineRoles: [shownMachineRole(evil, "differs")],
  pairs: { decided: 6, granted: 2, open: 3, wrong: 1 },
  findings: [
    finding(
      "open-without-mfa",
      dev,
      "arn:aws:iam::222222222222:role/ReadOnly",
      `${evil} and ReadOnly in dev: opens without MFA`,
    ),
  ],
  accepted: [
    {
      ...finding(
        "unknown-administrator",
        dev,
        "arn:aws:iam::222222222222:role/ci",
        "ci in dev is administrator",
        "delete ci",
      ),
      reason: "Replaced in Q2",
      until: "2030-06-30",
    },
  ],
  centralRootAccess: "not known",
};

const sarif = (of = report): string =>
  toSarif(
    of,
    { version: "1.2.3", address: "https://example.com/bastion" },
    ({ subject }) => ({ file: "Pulumi.bastion.yaml", line: subject.length }),
  );

describe("the forms of a verification's report", () => {
  it("put users and roles together that stand alike", () => {
    const { users, roles, ways } = reachOf([
      ...["A", "B"].map((role) => assignment(["ada", "bashir"], role)),
      assignment(["chen"], "B"),
    ]);
    assert.deepEqual(users, [["ada", "bashir"], ["chen"]]);
    const names = roles.map((one) => one.map(({ role }) => role));
    assert.deepEqual(names, [["A"], ["B"]]);
    assert.equal(ways.length, 3);
  });

  it("tell the terminal what opens and what to do, with colours or without", () => {
    const text = toTerminal(report, { width: 80, hasColours: false });
    assert.match(
      text,
      /│ ada, bashir +│ ReadOnly +│ dev +│ MFA of any age +│ ✓ granted/,
    );
    assert.match(text, /✗ error: A user can take a role without MFA/);
    assert.match(text, /prod \(333333333333\) could not be read: AccessDenied/);
    assert.ok(!text.includes("\u001b["));
    const coloured = toTerminal(report, { width: 80, hasColours: true });
    assert.ok(coloured.includes("\u001b[31m✗ not granted"));
  });

  it("fit the terminal's width, whatever the names, and lose no word", () => {
    const long = "a-name-of-sixty-four-characters-".repeat(2);
    const wide: Report = {
      ...report,
      assignments: [
        assignment([long, "ada", "bashir"], long, { accounts: [long, "dev"] }),
      ],
      accounts: report.accounts.map((one) => ({
        ...one,
        usersWithoutMfa: [long, "chen"],
      })),
      findings: [finding("undecided", dev, "arn", `${long} and ${long}: why`)],
    };
    for (const width of [60, 80, 120]) {
      const text = toTerminal(wide, { width, hasColours: false });
      const widest = Math.max(...text.split("\n").map(({ length }) => length));
      assert.ok(widest <= width, `${widest} > ${width}`);
      for (const word of ["bashir", "chen", "granted", "why"]) {
        assert.ok(text.includes(word), word);
      }
    }
  });

  it("leave a command of a remedy in one line, to be copied", () => {
    const call = `aws iam delete-group-policy --group-name ${"team-".repeat(9)} --policy-name by-hand`;
    const own = {
      remedy: `in account 111111111111: ${call}. Then deploy its stack: pulumi up --refresh.`,
    };
    const findings = report.findings.map((one) => ({ ...one, ...own }));
    const text = toTerminal(
      { ...report, findings },
      { width: 80, hasColours: false },
    );
    const lines = text.split("\n").map((line) => line.trim());
    assert.ok(lines.includes(call), text);
    assert.ok(lines.includes("pulumi up --refresh"), text);
    assert.ok(!text.includes("\u00a0"));
  });

  it("say how many pairs were decided, granted and open, in the same words", () => {
    const words = verdictOf(report);
    assert.match(
      words,
      /Of 6 pairs of a user and a role in 1 account, 2 are granted, 3 are open, and 1 are not as the config has them\./,
    );
    const text = toTerminal(report, { width: 80, hasColours: false });
    assert.ok(text.replaceAll("\n", " ").includes(words));
    assert.ok(toPage(report).includes(words));
    assert.ok(sarif().includes(words));
  });

  it("name the controls that a finding fails", () => {
    const key = finding("root-keys", dev, "root", "root of dev has keys");
    const withKey: Report = { ...report, findings: [key] };
    const names = "root-keys, CIS 1.3, IAM.4";
    assert.match(
      toTerminal(withKey, { width: 80, hasColours: false }),
      new RegExp(`\\(${names}\\)`),
    );
    assert.ok(toPage(withKey).includes(names));
    const log = JSON.parse(sarif(withKey)) as {
      readonly runs: readonly {
        readonly tool: {
          readonly driver: {
            readonly rules: readonly {
              readonly id: string;
              readonly properties: { readonly tags: readonly string[] };
            }[];
          };
        };
      }[];
    };
    const rule = log.runs[0]?.tool.driver.rules.find(
      ({ id }) => id === "root-keys",
    );
    assert.deepEqual(rule?.properties.tags, ["CIS 1.3", "IAM.4"]);
  });

  it("counts what else there is where nothing is an error", () => {
    const note = finding("no-support-role", dev, "root", "none");
    const passed: Report = { ...report, outcome: "pass", findings: [note] };
    assert.match(verdictOf(passed), /^Passed, with 1 note\. /);
  });

  it("show what is wrong first where not all of it has room, and say what is left out", () => {
    const granted = Array.from({ length: 300 }, (_, index) =>
      assignment([`user-${index}`], `Role-${index}`),
    );
    const wrong = assignment(["mallory"], "ReadOnly", { isGranted: false });
    const large = { ...report, assignments: [...granted, wrong] };
    const screen = { width: 80, hasColours: false };
    const text = toTerminal(large, screen);
    assert.match(text, /│ mallory +│[^]*│ user-38 +│[^]*… and 261 more/);
    assert.doesNotMatch(text, /user-39 /);
    const alike = granted.map((one) => ({ ...one, role: "ReadOnly" }));
    assert.match(
      toTerminal({ ...report, assignments: alike }, screen),
      /│ user-0, user-1, and 298 +│ ReadOnly +│ dev +│/,
    );
    const page = toPage(large);
    assert.match(page, /<caption>mallory[^]*… and 201 more groups of users/);
    assert.ok(page.length < 200_000, String(page.length));
  });

  it("are SARIF whose results name rules that it has", () => {
    const log = JSON.parse(sarif()) as {
      readonly version: string;
      readonly runs: readonly {
        readonly tool: {
          readonly driver: {
            readonly version: string;
            readonly informationUri: string;
            readonly rules: readonly { readonly id: string }[];
          };
        };
        readonly invocations: readonly {
          readonly executionSuccessful: boolean;
        }[];
        readonly results: readonly {
          readonly ruleId: string;
          readonly ruleIndex: number;
          readonly level: string;
          readonly locations: readonly {
            readonly physicalLocation: {
              readonly region: { readonly startLine: number };
            };
            readonly logicalLocations: readonly {
              readonly fullyQualifiedName: string;
            }[];
          }[];
        }[];
      }[];
    };
    assert.equal(log.version, "2.1.0");
    const [run] = log.runs;
    assert.equal(run?.tool.driver.version, "1.2.3");
    assert.equal(run.tool.driver.informationUri, "https://example.com/bastion");
    for (const { locations } of run.results) {
      const [{ physicalLocation: at, logicalLocations: [of] } = assert.fail()] =
        locations;
      assert.equal(at.region.startLine, of?.fullyQualifiedName.length);
    }
    const known = run.tool.driver.rules.map(({ id }) => id);
    assert.deepEqual(known, findingKinds);
    for (const { ruleId, ruleIndex, level } of run.results) {
      assert.equal(known[ruleIndex], ruleId);
      assert.ok(["error", "warning", "note"].includes(level));
    }
    assert.equal(run.results.length, 2);
    assert.equal(run.invocations[0]?.executionSuccessful, false);
  });

  it("list what is accepted as accepted, and say a finding's own remedy", () => {
    const own = { ...report, findings: report.accepted };
    const screen = { width: 120, hasColours: false };
    const terminal = toTerminal(report, screen);
    assert.match(
      terminal,
      /accepted until 2030-06-30, Replaced in Q2: ci in dev is administrator/,
    );
    assert.match(terminal, /By exemptions, 1 finding is accepted\./);
    assert.doesNotMatch(terminal, /Fix: delete ci/);
    assert.match(toTerminal(own, screen), / {4}Fix: delete ci\n\n/);
    assert.match(toPage(report), /Until 2030-06-30, Replaced in Q2: ci in dev/);
    assert.match(toPage(own), /<br>Fix: delete ci<\/li><\/ul>\n\n/);
    const { runs } = JSON.parse(sarif()) as {
      readonly runs: readonly [
        {
          readonly results: readonly {
            readonly message: { readonly text: string };
            readonly suppressions?: readonly object[];
          }[];
        },
      ];
    };
    const [open, accepted] = runs[0].results;
    assert.ok(open);
    assert.equal(open.suppressions, undefined);
    assert.deepEqual(accepted?.suppressions, [
      {
        kind: "external",
        justification: "Replaced in Q2 (until 2030-06-30)",
      },
    ]);
    assert.equal(
      accepted.message.text,
      "ci in dev is administrator. Fix: delete ci",
    );
  });

  it("are a page that asks nothing of anybody and lets no name become markup", () => {
    const page = toPage(report);
    assert.ok(!page.includes("<script"));
    assert.doesNotMatch(page, /<[^>]*\b(src|href)=|url\(|@import/);
    assert.ok(page.includes("&quot;&gt;&lt;script&gt;"));
    assert.match(page, /<svg [^>]*role="img" aria-labelledby=/);
    assert.match(page, /<desc id="picture-text">ada, bashir → ReadOnly in dev/);
    assert.match(page, /class="way bare unexpected"/);
    assert.ok(page.includes(factsOf["open-without-mfa"].title));
  });
});

const chromium = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => {
    try {
      execFileSync(name, ["--version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  },
);

describe("the page in a real browser", function () {
  let folder: string;

  before(function () {
    if (chromium === undefined) {
      console.log(
        "      no Chromium on this machine (apt-get install chromium)",
      );
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "page-"));
  });

  after(() => {
    if (chromium !== undefined) rmSync(folder, { recursive: true });
  });

  interface Seen {
    readonly width: number;
    readonly scrollWidth: number;
    /** Pixels. */
    readonly smallestText: number;
    readonly picture: number;
    /** Boxes that stick out on the right. */
    readonly outside: number;
    readonly title: string;
    /** Elements that the page has none of. */
    readonly foreign: number;
  }

  /**
   * Shows the page in a frame of a width of its own, since a window can't be as narrow as a phone,
   * with a script that measures, since the page itself has none.
   */
  function seenAt(width: number): Seen {
    const probe = `<script>addEventListener("load", () => {
      const all = (selector) => [...document.querySelectorAll(selector)];
      const box = (one) => one.getBoundingClientRect();
      const picture = "main > section > svg";
      parent.postMessage({
        width: innerWidth,
        scrollWidth: document.documentElement.scrollWidth,
        smallestText: Math.min(...all(picture + " text").map((one) => box(one).height)),
        picture: box(document.querySelector(picture)).width,
        outside: all("td, th, li, h1, p").filter((one) => box(one).right > innerWidth + 1).length,
        title: document.title,
        foreign: all("script:not(body > :last-child), img, iframe, a, form, object").length,
      }, "*");
    });</script>`;
    writeFileSync(
      join(folder, "page.html"),
      toPage(report)
        .replace(/<meta http-equiv[^>]*>/, "")
        .replace("</body>", `${probe}</body>`),
    );
    const outer = join(folder, "outer.html");
    writeFileSync(
      outer,
      `<script>addEventListener("message", ({ data }) => {
        document.documentElement.dataset.seen = JSON.stringify(data);
      });</script><iframe src="page.html" style="border: 0; width: ${width}px; height: 900px"></iframe>`,
    );
    const dom = browse("--dump-dom", "--virtual-time-budget=5000", outer);
    const seen = /data-seen="([^"]*)"/.exec(dom)?.[1] ?? "";
    return JSON.parse(seen.replaceAll("&quot;", '"')) as Seen;
  }

  const browse = (...args: readonly string[]): string =>
    execFileSync(
      chromium ?? "",
      [
        ...["--headless=new", "--no-sandbox", "--disable-gpu"],
        ...[`--user-data-dir=${join(folder, "profile")}`, ...args],
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );

  for (const width of [360, 1_280]) {
    it(`fits a width of ${width}, with text that can be read`, () => {
      const seen = seenAt(width);
      assert.equal(seen.width, width);
      assert.ok(seen.scrollWidth <= width, JSON.stringify(seen));
      assert.equal(seen.outside, 0);
      assert.ok(seen.smallestText >= 10, JSON.stringify(seen));
      assert.ok(seen.picture > width / 2);
      // Without its content security policy, so that only the escaping keeps names from being markup.
      assert.equal(seen.title, "Who can reach what: fail");
      assert.equal(seen.foreign, 0);
    });
  }

  it("prints", () => {
    const frame = join(folder, "print.html");
    const pdf = join(folder, "page.pdf");
    writeFileSync(frame, toPage(report));
    browse(`--print-to-pdf=${pdf}`, frame);
    assert.equal(readFileSync(pdf).subarray(0, 5).toString(), "%PDF-");
  });
});
