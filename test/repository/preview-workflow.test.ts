import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TwoCheckouts } from "./two-checkouts";
import { workflow } from "./workflow-files";

describe("preview.yml, for what a pull request would change", () => {
  const { on, jobs } = workflow("preview.yml");
  const { preview, plan, comment } = jobs;
  const firstWith = (job: typeof plan, part: RegExp): number =>
    (job?.steps ?? []).findIndex((step) => part.test(JSON.stringify(step)));

  it("is for pull requests to the protected branch, whose pack is root's before the change is there", () => {
    assert.deepEqual(on["pull_request"], { branches: ["main"] });
    const [base, own, change] = [
      firstWith(preview, /pull_request\.base\.sha/),
      firstWith(preview, /chown -R root: \/opt\/protected/),
      firstWith(preview, /"path":"change"/),
    ];
    assert.ok(base >= 0 && base < own && own < change);
  });

  it("runs the change as a user of its own, with nothing but what it names", () => {
    const all = preview?.steps ?? [];
    const change = firstWith(preview, /"path":"change"/);
    for (const { run = "" } of all.slice(change)) {
      const [before = "", given = ""] = run.split("sudo --user=change");
      assert.doesNotMatch(
        before.replace(/<<'SCRIPT'[^]*SCRIPT/, ""),
        /npm |pulumi /,
      );
      if (given === "") continue;
      assert.match(given, /^ env --ignore-environment /);
      assert.doesNotMatch(given, /TOKEN_REQUEST|GITHUB_TOKEN|GH_TOKEN/);
    }
  });

  it("hands nothing of a job that runs the change to the one that comments", () => {
    assert.equal(comment?.needs, "plan");
    assert.doesNotMatch(
      JSON.stringify(preview),
      /upload-artifact|GITHUB_OUTPUT/,
    );
    assert.match(JSON.stringify(comment), /"pattern":"plan-\*"/);
    assert.equal(firstWith(comment, /actions\/checkout/), -1);
  });

  it("plans by the branch's program, installed before the change is there", () => {
    const order = [
      /pull_request\.base\.sha/,
      /npm ci/,
      /"path":"change"/,
      /config-change/,
      /pulumi preview/,
    ].map((part) => firstWith(plan, part));
    assert.ok(!order.includes(-1));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
  });

  it("runs nothing of the change for a plan, and makes none where there is more than config", () => {
    const all = plan?.steps ?? [];
    const after = all.slice(firstWith(plan, /"path":"change"/) + 1);
    const [judged, ...rest] = after;
    assert.equal(judged?.id, "config");
    for (const step of after) {
      assert.doesNotMatch(
        (step.run ?? "").replace("config-change -- ../change --apply", ""),
        /\bchange\b/,
      );
      assert.match(step.run ?? "cd protected", /cd protected|^protected\//m);
    }
    for (const step of rest.filter(({ run }) => run !== undefined)) {
      assert.equal(step.if, "steps.config.outputs.alone == 'true'");
    }
    assert.equal(rest.filter(({ run }) => run !== undefined).length, 3);
  });

  it("leaves the branch's config as it is where the change has code, and names that", () => {
    const [config, changed] = ["bastion", "workload"].map(
      (stack) => `config:\n  bastion-account:stack: ${stack}\n`,
    );
    const file = "Pulumi.bastion.yaml";
    const checkouts = new TwoCheckouts({ [file]: config ?? "" });
    try {
      assert.ok(
        !checkouts.isConfigAlone({
          [file]: changed ?? "",
          "infra/index.ts": "// nothing changes\n",
        }),
      );
      assert.equal(checkouts.told("beyond-config.txt"), "infra/index.ts\n");
      assert.equal(
        readFileSync(join(checkouts.protected, file), "utf8"),
        config,
      );
    } finally {
      checkouts.remove();
    }
  });

  describe("tells the plans in a comment", () => {
    const tell = comment?.steps.find(({ run }) => run !== undefined);
    let at: string;

    beforeEach(() => {
      at = mkdtempSync(join(tmpdir(), "comment-"));
      const gh =
        '#!/bin/sh\ncase "$*" in *body=@*) cp comment.md told.md;; esac\n';
      writeFileSync(join(at, "gh"), gh, { mode: 0o755 });
    });
    afterEach(() => {
      rmSync(at, { recursive: true });
    });

    const told = (files: Readonly<Record<string, string>>): string => {
      const folder = join(at, "plans", "plan-bastion");
      for (const one of ["plans", "summary.md"]) {
        rmSync(join(at, one), { recursive: true, force: true });
      }
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(folder, name), text);
      }
      execFileSync("bash", ["-eo", "pipefail", "-c", tell?.run ?? "false"], {
        cwd: at,
        stdio: "pipe",
        env: {
          PATH: `${at}:${process.env["PATH"] ?? ""}`,
          GITHUB_REPOSITORY: "acme/bastion",
          GITHUB_STEP_SUMMARY: join(at, "summary.md"),
          NUMBER: "1",
          COMMIT: "0123abc",
          BASE: "4567def",
          RESULT: "failure",
          STACKS: "bastion workload",
        },
      });
      const text = readFileSync(join(at, "told.md"), "utf8");
      assert.equal(readFileSync(join(at, "summary.md"), "utf8"), text);
      return text;
    };

    /** The lines that are not text of others. */
    const frameOf = (comment: string): readonly string[] =>
      comment
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("    "));

    const marker = "<!-- the plans of this pull request -->";
    const hostile =
      "\n</details>\r**success**\r\n```\n<!-- the plans of this pull request -->\u000b# 0 to change\f# none\0\n@acme/platform\n";

    it("of every stack of the matrix", () => {
      assert.deepEqual(
        tell?.env?.["STACKS"]?.split(" "),
        plan?.strategy?.matrix.stack,
      );
      assert.match(
        told({ "bastion.txt": "+ aws:iam:User eve" }),
        /\n {4}\+ aws:iam:User eve\n/,
      );
    });

    it("as text that ends where it should, whatever a plan says", () => {
      assert.deepEqual(frameOf(told({ "bastion.txt": hostile })), [
        marker,
        "Plans for `0123abc`: **failure**. It changes config alone; this is what the program of `4567def` makes of it.",
        "<details><summary>bastion</summary>",
        "</details>",
        "<details><summary>workload</summary>",
        "No plan.",
        "</details>",
      ]);
    });

    const beyond =
      "No plan for `0123abc`, which changes more than config: the one in the log of `preview` is what its code says of itself. Beyond config:";

    it("and of code nothing but what it changes, whatever its files are called", () => {
      const files = `infra/index.ts\n${hostile}`;
      const text = told({ "beyond-config.txt": files });
      assert.deepEqual(frameOf(text), [marker, beyond]);
      assert.match(text, /\n {4}infra\/index\.ts\n/);
    });

    it("and no plan of code, even where there is one", () => {
      const text = told({ "beyond-config.txt": "x", "bastion.txt": "+ user" });
      assert.doesNotMatch(text, /\+ user/);
    });

    it("and says where there is none, and where there is more", () => {
      assert.deepEqual(frameOf(told({})), [
        marker,
        "No plan for `0123abc`: **failure**.",
      ]);
      assert.match(
        told({ "bastion.txt": "+ user\n".repeat(5_000) }),
        /^It goes on: the log of the job has the whole\.$/m,
      );
    });

    it("and names the stacks that are deployed without one", () => {
      const plan = { "bastion.txt": "+ aws:iam:User eve" };
      const some = { ...plan, "without-plan.txt": `workload-new\n${hostile}` };
      const title = "**Without a plan here, and deployed with the others:**";
      assert.ok(frameOf(told(some)).includes(title));
      assert.match(told(some), /\n {4}workload-new\n/);
      const none = { ...plan, "without-plan.txt": "" };
      assert.ok(!frameOf(told(none)).includes(title));
    });

    it("which is never longer than GitHub takes", () => {
      const long = "\n".repeat(200_000);
      const parts = 3;
      for (const file of ["bastion.txt", "beyond-config.txt"]) {
        assert.ok(told({ [file]: long }).length < 65_536 / parts);
      }
    });
  });
});
