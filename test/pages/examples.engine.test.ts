import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import { readStackFile } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import { clientConfig } from "../../sandbox/tour/people";
import {
  accountId,
  makeFounder,
  removeFounder,
} from "../examples/single-account";
import { projectWith } from "../examples/project-text";
import { byTheEngine } from "../run/whole-tests";
import { readmeOf, type examples } from "./plan";
import { Reader } from "./reader";
import { shellBlocks } from "./shell-blocks";

/** Whose README is followed, by somebody with accounts of their own. */
interface Example {
  readonly name: (typeof examples)[number];
  readonly partition?: "aws-us-gov";
  /** What stands above the README's commands; gives the profile to go on with. */
  readonly begin: (
    reader: Reader,
    sandbox: Sandbox,
  ) => Promise<string> | string;
  /** The same of later steps, by their numbers. */
  readonly later?: Readonly<
    Record<number, (reader: Reader, sandbox: Sandbox) => Promise<string>>
  >;
  /** What the last command shows. */
  readonly ends: RegExp;
}

/** Puts what a file of an example has for keys of Pulumi.yaml there. */
function putIntoProject({ clone }: Reader, file: string): void {
  const project = join(clone, "Pulumi.yaml");
  const text = projectWith(project, join(clone, "examples", file));
  writeFileSync(project, text);
}

const deployment = "deployment";

const withIds =
  (name: string) =>
  (reader: Reader, { aws }: Sandbox): string => {
    putIntoProject(reader, `${name}/ids.yaml`);
    reader.hasProfiles({ [deployment]: aws.deployment });
    return deployment;
  };

/** Of the fifty, the sandbox has two: they are somebody's own. */
const own = { "shop-dev": "222222222222", "shop-stage": "033333333333" };

function withOwnAccounts(reader: Reader, { aws }: Sandbox): string {
  const folder = join(reader.clone, "examples/fifty-accounts");
  const entries = Object.entries(own).map(
    ([name, id]) => `${name}: { id: "${id}" }`,
  );
  const facts = `accounts: { default: { ${entries.join(", ")} } }`;
  writeFileSync(join(folder, "accounts.yaml"), facts);
  putIntoProject(reader, "fifty-accounts/accounts.yaml");
  const rules = join(folder, "rules.json");
  const { organisation } = JSON.parse(readFileSync(rules, "utf8")) as {
    readonly organisation: object;
  };
  const accounts = Object.values(own);
  writeFileSync(
    rules,
    JSON.stringify({ organisation: { ...organisation, accounts } }),
  );
  reader.hasProfiles({ [deployment]: aws.deployment });
  return deployment;
}

const founder = "founder";

async function asFounder(reader: Reader, sandbox: Sandbox): Promise<string> {
  const credentials = await makeFounder(sandbox, founder);
  sandbox.deployAs(credentials);
  reader.hasProfiles({ [founder]: credentials });
  return founder;
}

/** Everybody signs in and enrols MFA; who may take OpsSudo takes the founder away. */
async function asOpsSudo(reader: Reader, sandbox: Sandbox): Promise<string> {
  const { aws } = sandbox;
  const profile = "main-opssudo";
  const credentials = reader.profiles[founder];
  assert.ok(credentials);
  const iam = new IAM(clientConfig(aws, credentials));
  const stackFile = readStackFile("bastion", reader.clone);
  const { user } = await signInFirstTime(aws, stackFile, iam, "ada");
  const session = await user.person.signInWithMfa();
  const role = await user.person.takeRole(session, accountId, "OpsSudo");
  await removeFounder(new IAM(clientConfig(aws, role)), credentials);
  sandbox.deployAs(role);
  reader.hasProfiles({ [profile]: role });
  return profile;
}

const walks: readonly Example[] = [
  {
    name: "single-account",
    begin: asFounder,
    later: { 4: asOpsSudo },
    ends: /1 of 1 account/,
  },
  {
    name: "two-accounts",
    begin: withIds("two-accounts"),
    ends: /2 of 2 accounts/,
  },
  {
    name: "govcloud",
    partition: "aws-us-gov",
    begin: withIds("govcloud"),
    ends: /3 of 3 accounts/,
  },
  {
    name: "fifty-accounts",
    begin: withOwnAccounts,
    ends: /All 3 stacks are done/,
  },
];

// Mocha runs no hook of a suite without tests.
for (const example of byTheEngine(walks, ({ name }) => name, [])) {
  const page = readmeOf(example.name);

  describe(`whoever follows ${page} word by word`, () => {
    let sandbox: Sandbox;
    let reader: Reader;
    let profile: string;
    let screen = "";

    before(async () => {
      const { partition = "aws" } = example;
      sandbox = await startSandbox({ progress: console.log, partition });
      reader = new Reader(sandbox);
      profile = await example.begin(reader, sandbox);
      await reader.logsIn(profile);
    });
    after(async () => {
      reader.remove();
      await sandbox.close();
    });

    for (const block of shellBlocks(page)) {
      it(`comes through line ${block.line}`, async () => {
        const enter = example.later?.[block.step];
        if (enter !== undefined) profile = await enter(reader, sandbox);
        screen = await reader.follows(block, { profile });
      });
    }

    it("has deployed it", () => {
      assert.match(screen, example.ends);
    });
  });
}
