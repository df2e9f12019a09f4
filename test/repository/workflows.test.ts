import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readOptions } from "../../commands/deploy/options";
import { defaultEnvironment } from "../../infra/config/pipeline";
import { auditEnvironment } from "../../infra/documents/pipeline-trust";
import { checkout } from "../../sandbox/engine/paths";
import { files, steps, text, workflow, type Job } from "./workflow-files";

describe("the workflows", () => {
  it("are all there", () => {
    assert.deepEqual(files.sort(), [
      "check-stack.yml",
      "deploy.yml",
      "nightly.yml",
      "preview.yml",
      "release.yml",
      "test.yml",
      "verify.yml",
    ]);
  });

  it("install others' clients as CONTRIBUTING.md says", () => {
    const contributing = readFileSync(
      join(checkout, "CONTRIBUTING.md"),
      "utf8",
    );
    const { jobs } = workflow("nightly.yml");
    const commands = (jobs["clients"]?.steps ?? [])
      .flatMap(({ run = "" }) => run.split("\n"))
      .filter((line) => line !== "");
    assert.ok(commands.length > 1);
    for (const command of commands) {
      assert.ok(contributing.includes(command), command);
    }
  });

  it("run each test of AWS's faults in one job of the night", () => {
    const { strategy } = workflow("nightly.yml").jobs["faults"] ?? {};
    const folders = strategy?.matrix.folder ?? [];
    assert.ok(folders.length > 1);
    const tests = readdirSync(join(checkout, "test"), { recursive: true })
      .map((file) => `test/${String(file).replaceAll("\\", "/")}`)
      .filter((file) => file.endsWith(".faults.test.ts"));
    for (const test of tests) {
      const running = folders.filter((one) => test.startsWith(`${one}/`));
      assert.equal(running.length, 1, test);
    }
    for (const folder of folders) {
      assert.ok(
        tests.some((test) => test.startsWith(`${folder}/`)),
        folder,
      );
    }
  });

  for (const file of files) {
    describe(file, () => {
      it("pins every action to a commit, and says which version that is", () => {
        const named = [...text(file).matchAll(/^\s*(?:- )?uses: (.*)$/gm)];
        assert.ok(named.length > 0);
        for (const [, action = ""] of named) {
          // One of these workflows is that of the same commit.
          if (/^\.\/\.github\/workflows\/[\w-]+\.yml$/.test(action)) continue;
          assert.match(
            action,
            /^[\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/,
          );
        }
      });

      it("has no permission beyond what a job asks for", () => {
        const { permissions, jobs } = workflow(file);
        assert.deepEqual(permissions, {});
        for (const [name, job] of Object.entries(jobs)) {
          assert.ok(job.permissions);
          const written = Object.entries(job.permissions).filter(
            ([, level]) => level !== "read",
          );
          const allowed = [
            "attestations",
            "id-token",
            "pull-requests",
            "security-events",
            ...(`${file} ${name}` === "release.yml publish"
              ? ["contents"]
              : []),
          ];
          for (const [scope, level] of written) {
            assert.equal(level, "write");
            assert.ok(allowed.includes(scope), `${name}: ${scope}`);
          }
        }
      });

      it("runs nothing of a checkout in a job that may write to the repository", () => {
        for (const job of Object.values(workflow(file).jobs)) {
          const { permissions = {} } = job;
          const comments = "pull-requests" in permissions;
          if (!comments && permissions["contents"] !== "write") continue;
          const used = job.steps.map(({ uses = "" }) => uses);
          assert.ok(!used.some((one) => one.startsWith("actions/checkout")));
          if (comments) assert.ok(!("id-token" in permissions));
        }
      });

      it("is not started by what lets strangers' code run with secrets", () => {
        const triggers = Object.keys(workflow(file).on);
        assert.ok(!triggers.includes("pull_request_target"));
        assert.ok(!triggers.includes("workflow_run"));
      });

      it("puts no expression into a script", () => {
        for (const { run = "" } of steps(file)) {
          assert.doesNotMatch(run, /\$\{\{/);
        }
      });

      it("leaves no token in a checkout, and ends by itself", () => {
        for (const { uses = "", with: given } of steps(file)) {
          if (!uses.startsWith("actions/checkout")) continue;
          assert.equal(given?.["persist-credentials"], false);
        }
        for (const job of Object.values(workflow(file).jobs)) {
          // What is called ends as it says itself.
          if (job.uses !== undefined) continue;
          assert.ok((job["timeout-minutes"] ?? 999) <= 60);
        }
      });

      it("holds no stored key for AWS", () => {
        assert.doesNotMatch(
          text(file),
          /AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY)|secrets\.(?!pack-token)/,
        );
      });
    });
  }

  const rules = JSON.parse(
    readFileSync(join(checkout, ".github", "rules.json"), "utf8"),
  ) as {
    readonly organisation: { readonly administratorRoles: readonly string[] };
  };

  it("know the pipeline's role as one that changes IAM", () => {
    const { administratorRoles } = rules.organisation;
    assert.ok(administratorRoles.includes("pipeline-deployment"));
  });

  describe("preview.yml", () => {
    it("goes over every stack that has a file", () => {
      const stacks = readdirSync(checkout)
        .flatMap((name) => /^Pulumi\.([^.]+)\.yaml$/.exec(name)?.[1] ?? [])
        .sort();
      const [job] = Object.values(workflow("preview.yml").jobs);
      assert.deepEqual([...(job?.strategy?.matrix.stack ?? [])].sort(), stacks);
    });

    it("runs under the policy pack, with the rules of the protected branch", () => {
      const run = steps("preview.yml")
        .map((step) => step.run ?? "")
        .find((one) => one.includes("pulumi preview"));
      assert.ok(
        run?.includes(
          "--policy-pack /opt/protected/policy-pack --policy-pack-config /opt/protected/.github/rules.json",
        ),
      );
    });
  });

  describe("deploy.yml", () => {
    const { jobs } = workflow("deploy.yml");
    const commandOf = ({ steps: all }: Job): string =>
      all.map(({ run = "" }) => run).find((run) => run.includes("-- --only")) ??
      "";

    it("deploys the bastion, and then every other stack of the config in a job of its own", () => {
      const { bastion, workload } = jobs;
      assert.ok(bastion && workload);
      assert.match(commandOf(bastion), /--only bastion /);
      assert.match(commandOf(workload), /--only "\$ONLY" /);
      assert.equal(workload.needs, "bastion");
      const told = bastion.steps.find(({ id }) => id === "workloads")?.run;
      assert.match(told ?? "", /deploy -- --matrix\)" >> "\$GITHUB_OUTPUT"$/);
      const { strategy } = workload as unknown as {
        readonly strategy: Readonly<Record<string, unknown>>;
      };
      assert.deepEqual(strategy, {
        "fail-fast": false,
        matrix: "${{ fromJSON(needs.bastion.outputs.workloads) }}",
      });
    });

    it("gives each job options that there are, and the rules of what was merged", () => {
      for (const job of Object.values(jobs)) {
        const [, options = ""] =
          /npm run deploy -- ([^]*)/.exec(commandOf(job)) ?? [];
        const words = options
          .replaceAll("\\\n", "")
          .split(/\s+/)
          .filter((word) => word !== "")
          .map((word) => word.replaceAll('"', ""));
        const read = readOptions("deploy", words);
        assert.ok(read !== "help");
        assert.ok(read.hasPack && read.refresh);
        assert.equal(read.rules, join(checkout, ".github", "rules.json"));
        assert.equal(read.settings.length, 2);
      }
    });
  });

  describe("release.yml", () => {
    const { on, jobs } = workflow("release.yml");

    it("is started by a version's tag alone", () => {
      assert.deepEqual(on, { push: { tags: ["v*"] } });
    });

    it("publishes what all tests of the day and of the night have passed, and what reviewers approve", () => {
      const called = Object.entries(jobs).flatMap(([name, { uses }]) =>
        uses === undefined ? [] : [[name, uses]],
      );
      assert.deepEqual(called, [
        ["test", "./.github/workflows/test.yml"],
        ["night", "./.github/workflows/nightly.yml"],
      ]);
      for (const file of ["test.yml", "nightly.yml"]) {
        assert.ok("workflow_call" in workflow(file).on, file);
      }
      assert.deepEqual(jobs["publish"]?.needs, ["test", "night", "build"]);
      assert.equal(jobs["npm"]?.needs, "publish");
      for (const name of ["publish", "npm"]) {
        assert.equal(jobs[name]?.environment, "release");
      }
    });

    it("publishes the files of one job, which may write nothing, and runs no script of theirs", () => {
      assert.deepEqual(jobs["build"]?.permissions, { contents: "read" });
      for (const name of ["publish", "npm"]) {
        const used = (jobs[name]?.steps ?? []).map(({ uses = "" }) => uses);
        assert.match(used[0] ?? "", /^actions\/download-artifact@/);
        assert.ok(!used.some((one) => one.includes("checkout")), name);
      }
      const publish = jobs["npm"]?.steps.at(-1)?.run ?? "";
      assert.match(publish, /^npm publish --ignore-scripts --provenance /);
    });
  });

  it("change by their owners' review, with the program and the rules, as the example has it", () => {
    const owned = readFileSync(
      join(checkout, ".github", "CODEOWNERS.example"),
      "utf8",
    )
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.split(" ")[0] ?? "");
    for (const one of [
      "/.github/",
      "/infra/",
      "/policy-pack/",
      "/commands/",
      "/sandbox/set-up.js",
    ]) {
      assert.ok(owned.includes(one), one);
    }
    for (const path of owned.filter((one) => !one.includes("*"))) {
      assert.ok(existsSync(join(checkout, path)), path);
    }
  });

  it("deploy from the environment that the roles trust, and audit from theirs", () => {
    const environmentOf = (file: string) =>
      Object.values(workflow(file).jobs).map(({ environment }) => environment);
    assert.deepEqual(environmentOf("deploy.yml"), [
      defaultEnvironment,
      defaultEnvironment,
    ]);
    assert.deepEqual(environmentOf("verify.yml"), [auditEnvironment]);
  });

  describe("check-stack.yml, for stacks of others", () => {
    const { jobs } = workflow("check-stack.yml");
    const checkouts = (job: Job | undefined) =>
      (job?.steps ?? []).filter(({ uses = "" }) =>
        uses.startsWith("actions/checkout"),
      );

    it("takes rules and scripts from the platform team's pinned commit, in every job", () => {
      for (const job of Object.values(jobs)) {
        const platform = checkouts(job).find(
          ({ with: given }) => given?.["path"] === "platform",
        );
        assert.equal(platform?.with?.["ref"], "${{ inputs.pack-commit }}");
        const [install] = job.steps.filter(({ run = "" }) =>
          run.includes("install-policy-pack.sh"),
        ) as readonly { readonly env?: Readonly<Record<string, string>> }[];
        assert.equal(install?.env?.["RULES"], "platform/${{ inputs.rules }}");
        assert.ok(install.env["PACK_INTEGRITY"]);
      }
    });

    it("installs the pack before any file of the calling repository is there", () => {
      const steps = jobs["preview"]?.steps ?? [];
      const installs = steps.findIndex(({ run = "" }) =>
        run.includes("install-policy-pack.sh"),
      );
      const caller = steps.findIndex(
        ({ with: given }) => given?.["path"] === "caller",
      );
      assert.ok(installs >= 0 && installs < caller);
    });

    it("runs the caller's code as a user of its own, with nothing but what it names", () => {
      const run = jobs["preview"]?.steps.at(-1)?.run ?? "";
      assert.match(run, /sudo --user=caller env --ignore-environment /);
      const [before = ""] = run.split("sudo --user=caller");
      const [, given = ""] = run.split("env --ignore-environment ");
      assert.doesNotMatch(given, /TOKEN_REQUEST|GITHUB_TOKEN|GH_TOKEN/);
      assert.doesNotMatch(
        before.replace(/<<'SCRIPT'[^]*SCRIPT/, ""),
        /pulumi /,
      );
    });

    it("judges what is deployed where there is no file of the calling repository", () => {
      const deployed = checkouts(jobs["deployed"]);
      assert.deepEqual(
        deployed.map(({ with: given }) => given?.["path"]),
        ["platform"],
      );
      const run = jobs["deployed"]?.steps.at(-1)?.run ?? "";
      assert.match(run, /pulumi stack export/);
      assert.doesNotMatch(run, /preview|pulumi up|pulumi install/);
    });
  });
});
