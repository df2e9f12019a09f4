import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { run, type Finished } from "../../../sandbox/engine/run";
import { example, ManyAccounts } from "./many-accounts";

const accounts = ["shop-dev", "shop-stage", "shop-prod", "network"];
const stacks = accounts.map((name) => `workload-${name}`);
const some = ["--only", ["bastion", ...accounts].join(",")];

/** The pack has judged the same before. */
const quick = "--no-policy-pack";

/** In Pulumi.yaml, for all stacks: whoever moves an account moves its alarm as well. */
const alarm = "{ enabled: true, accounts: [shop-dev], regions: [us-east-1] }";

/** What the table says of a stack. */
const resultOf = ({ stdout }: Finished, stack: string): string =>
  new RegExp(`│ ${stack} +│ (.*?) +│`).exec(stdout)?.[1] ?? "not there";

const resultsOf = (finished: Finished, ...stacks: readonly string[]) =>
  stacks.map((stack) => resultOf(finished, stack));

describe("the example of fifty accounts, a stack each", () => {
  let project: ManyAccounts;
  let files: readonly string[];

  const assertEnds = (finished: Finished, code: number): Finished => {
    assert.equal(finished.code, code, finished.stdout + finished.stderr);
    return finished;
  };

  /** What Pulumi would write into a checkout. */
  const assertUntouched = () => {
    assert.deepEqual(readdirSync(project.folder).sort(), files);
  };

  before(async () => {
    project = await ManyAccounts.start({ absent: "network", alarm });
    files = [...readdirSync(project.folder), ".logs"].sort();
  });
  after(async () => {
    await project.close();
  });

  it("is deployed, the bastion first; an account that fails stops no other", async () => {
    const deployed = assertEnds(await project.npm("deploy", ...some), 1);
    assert.match(
      deployed.stderr,
      /^5 of 51 stacks: bastion, workload-shop-dev, .*\nbastion: begun\nbastion: deployed, /,
    );
    assert.deepEqual(resultsOf(deployed, "bastion", ...stacks), [
      "deployed",
      "deployed",
      "deployed",
      "deployed",
      "failed",
    ]);
    assert.match(
      deployed.stdout,
      /workload-network failed at preview:\n {2}Cannot/,
    );
    const [, logs = ""] = /^Logs: (.*)$/m.exec(deployed.stdout) ?? [];
    assert.deepEqual(
      readdirSync(logs).sort(),
      ["bastion", ...stacks].map((name) => `${name}.log`).sort(),
    );
    assert.match(
      readFileSync(join(logs, "workload-shop-dev.log"), "utf8"),
      /Policy Packs run/,
    );
    assertUntouched();
  });

  it("is finished by a repetition, which leaves alone what has not changed", async () => {
    project.sandbox.aws.addAccount({
      id: project.ids.get("network") ?? "",
      name: "network",
    });
    const deployed = assertEnds(
      await project.npm("deploy", ...some, "--changed", quick),
      0,
    );
    assert.deepEqual(resultsOf(deployed, "bastion", ...stacks), [
      "no change",
      "no change",
      "no change",
      "no change",
      "deployed",
    ]);
    assertUntouched();
  });

  it("is to plain pulumi what deploy has made of it", async () => {
    const alone = ["preview", "--stack", "workload-shop-dev"];
    assertEnds(await project.pulumi(...alone, "--expect-no-changes"), 0);
    // Pulumi itself keeps the salt of a stack's secrets there; the stack stays that of its account.
    rmSync(join(project.folder, "Pulumi.workload-shop-dev.yaml"));
  });

  it("is stopped by the policy pack, with the rules that it is given", async () => {
    project.writeFile(
      "rules.json",
      JSON.stringify({ organisation: { administratorRoles: ["Nobody"] } }),
    );
    const rules = ["--rules", join(project.folder, "rules.json")];
    const stopped = assertEnds(
      await project.npm("deploy", "--only", "shop-stage", ...rules),
      1,
    );
    assert.match(stopped.stdout, /failed at preview:\n {2}the policy /);
    project.writeFile(
      "rules.json",
      JSON.stringify({
        all: "advisory",
        organisation: { administratorRoles: ["Nobody"] },
      }),
    );
    const advised = assertEnds(
      await project.npm("preview", "--only", "shop-stage", ...rules),
      0,
    );
    assert.match(
      advised.stdout,
      /shop-stage: the policy pack has found what it does not stop:\n {2}the policy /,
    );
    rmSync(join(project.folder, "rules.json"));
  });

  /** Runs what a refusal says under Fix. */
  const moveAsTold = async (): Promise<void> => {
    const { stderr } = assertEnds(await project.npm("deploy"), 2);
    assert.match(stderr, /^All \d+ stacks, the bastion first\. For some of /);
    const [, commands = ""] = /^Fix: .*\n([^]*?)^Or /m.exec(stderr) ?? [];
    assert.match(commands, /pulumi state move/);
    const {
      code,
      stdout,
      stderr: told,
    } = await run("sh", ["-ec", commands], {
      cwd: project.folder,
      environment: project.environment,
    });
    assert.equal(code, 0, stdout + told);
  };

  const assertNoChange = async (...stacks: readonly string[]) => {
    const only = ["--only", stacks.join(","), quick];
    const previewed = assertEnds(await project.npm("preview", ...only), 0);
    assert.deepEqual(
      resultsOf(previewed, ...stacks),
      stacks.map(() => "no change"),
    );
  };

  const workload = (deployTo: string): void => {
    project.writeFile(
      "Pulumi.workload.yaml",
      `config:\n  bastion-account:stack: workload\n  bastion-account:deployTo: ${deployTo}\n`,
    );
  };

  it("moves accounts into one stack and out of it, and nothing changes in AWS", async () => {
    workload("[shop-dev, shop-prod]");
    await moveAsTold();
    await assertNoChange("workload");
    workload("[shop-prod]");
    await moveAsTold();
    await assertNoChange("workload", "workload-shop-dev");
  });

  it("is cut off in good order: what has not begun is not begun, and nothing stays locked", async () => {
    const child = spawn(
      process.execPath,
      project.command(
        "deploy",
        "--only",
        "shop-stage,network",
        "--parallel",
        "1",
      ),
      {
        cwd: checkout,
        env: { ...process.env, ...project.environment },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("workload-shop-stage: begun")) child.kill("SIGINT");
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    const finished = { code: Number(code), stdout: printed, stderr: "" };
    assertEnds(finished, 1);
    assert.deepEqual(
      resultsOf(finished, "workload-shop-stage", "workload-network"),
      ["cut off", "not begun"],
    );
    await assertNoChange("workload-shop-stage");
  });

  it("names no option for Pulumi Deployments that the pinned Pulumi does not have", async () => {
    const script = readFileSync(join(example, "pulumi-deployments.sh"), "utf8");
    const [, edit = ""] = script.split("pulumi deployment settings edit");
    const used = [...edit.matchAll(/ (--[\w-]+)/g)].map(
      ([, name = ""]) => name,
    );
    assert.ok(used.length > 5);
    const help = ["deployment", "settings", "edit", "--help"];
    const { stdout } = await project.pulumi(...help);
    for (const option of used) assert.match(stdout, new RegExp(`${option} `));
  });
});
