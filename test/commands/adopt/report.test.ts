import assert from "node:assert/strict";
import type { LiveUser } from "../../../commands/accounts/live-account";
import { besideTheStack } from "../../../commands/adopt/beside-the-stack";
import { keptWrongly } from "../../../commands/adopt/other-policies";
import { planRemovals } from "../../../commands/adopt/plan";
import { propose } from "../../../commands/adopt/proposal";
import { standingText } from "../../../commands/adopt/report";
import {
  allow,
  bastionId,
  daysAgo,
  group,
  inline,
  key,
  ofService,
  role,
  root,
  several,
  statement,
  user,
} from "./account";
import { isDone, type Standing } from "../../../commands/adopt/take-over";
import { bastionConfig } from "../../infra/config-of";
import { project } from "./planned";
import {
  administrator,
  deployedWith,
  deployment,
  member,
  type Situation,
} from "./situation";

const textOf = (
  situation: Situation,
  withoutMfa: readonly LiveUser[] = [],
  unread = [{ id: "333333333333", name: "prod", why: "AccessDenied: no" }],
  width?: number,
): string => {
  const deployed = deployedWith(situation);
  const { bastion, criteria } = deployed;
  return standingText(
    {
      account: bastion,
      proposed: propose(bastion, project, criteria),
      withoutMfa,
      beside: [],
      steps: planRemovals(deployed, deployment),
      unread,
    },
    project,
    width,
  );
};

const program = {
  hasPassword: false,
  accessKeys: [{ ...key(9), lastUsedAt: daysAgo(1) }],
};
const bob = member("bob", "operations", { ...administrator, devices: [] });

/** A bit of everything. */
const messy = {
  users: [
    member("ada", "operations", { ...administrator, groups: ["Old"] }),
    bob,
    user("cleo", { inlinePolicies: [inline("read", allow("s3:Get*"))] }),
    user("dmitri", { hasPassword: false }),
    user("build", program),
    user("a-program-with-a-long-name-as-there-are-many", program),
  ],
  groups: [group("Old")],
  roles: [
    role("nightly", several(statement(root), statement(ofService("lambda")))),
  ],
};

describe("where a take-over stands, in words", () => {
  for (const [width, fits] of [
    [undefined, 80],
    [120, 120],
  ] as const) {
    it(`fits ${fits} columns, and uses them`, () => {
      const lengths = textOf(messy, [bob], [], width)
        .split("\n")
        .map((line) => line.length);
      const longest = Math.max(...lengths);
      assert.ok(longest <= fits && longest > fits - 10, String(longest));
    });
  }

  it("shows what a terminal would obey", () => {
    const why = "AccessDenied: \u009b31m\u202e";
    const prod = { id: "333333333333", name: "prod", why };
    assert.match(textOf(messy, [], [prod]), /\\u009b31m\\u202e/);
    assert.doesNotMatch(textOf(messy, [], [prod]), /[^\P{C}\n]/u);
  });

  it("says in order what is to be done, and of each removal whether it can go", () => {
    const lines = textOf(messy, [bob]).split("\n");
    assert.deepEqual(
      lines.filter((line) => /^\d/.test(line)),
      [
        "1. Access through the stack",
        "2. What is not proven yet",
        "3. Programs, which get a role",
        "4. What a person decides",
        '5. What --apply removes: what "can go" now, the rest when it no longer waits',
      ],
    );
    assert.deepEqual(
      lines.flatMap(
        (line) => /^ +(can go|waits|stays) +.*/.exec(line)?.[1] ?? [],
      ),
      ["waits", "can go", "can go", "waits", "waits", "stays"],
    );
  });

  it("gives people a password, and programs a role", () => {
    const text = textOf(messy, [bob]).replace(/\s+/g, " ");
    assert.match(text, /To take over cleo, look through/);
    assert.match(
      text,
      /dmitri is held back: .* a person gets a password \(aws iam create-login-profile --user-name dmitri/,
    );
    assert.match(
      text,
      /build \(last used 2026-05-31\), a-program.*: an access key in use/,
    );
    assert.doesNotMatch(text, /create-login-profile --user-name build/);
    assert.match(text, /IAM Roles Anywhere/);
    assert.match(text, /bob has no MFA device: sign in to the console/);
    assert.match(
      text,
      /role nightly stays: it may be taken by the service lambda/,
    );
    assert.match(text, /prod could not be read: AccessDenied: no/);
  });

  it("says so when nothing is left", () => {
    const done = { users: [member("ada", "operations")] };
    const isLeft = /Nothing is left to do: all users are in the stack/;
    assert.match(textOf(done, [], []), isLeft);
    assert.doesNotMatch(textOf(done), isLeft, "an account was not read");
  });

  it("tells what a deployment takes away before its time, and what config keeps for nothing", () => {
    const config = (keep: string) =>
      bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "222222222222" } }
teams: { operations: { grants: [{ roles: [OpsSudo], accounts: all }] } }
users: { ada: { teams: [operations] }, chen: {} }
keepPoliciesOf: [${keep}]
`);
    const told = (users: readonly LiveUser[], keep = "") =>
      keptWrongly(deployedWith({ users }).bastion, config(keep));
    const ada = member("ada", "operations", administrator);
    const chen = member("chen", "operations");
    const [early, ...further] = told([ada, chen]);
    assert.match(
      early ?? "",
      /^ada holds AdministratorAccess, which the next deployment takes away: .* write ada into keepPoliciesOf/,
    );
    assert.deepEqual(further, []);
    assert.deepEqual(told([ada, chen], "ada"), []);
    const [late, ...others] = told([ada, chen], "ada, chen");
    assert.match(
      late ?? "",
      /^keepPoliciesOf names chen, .* take that out of the stack file/,
    );
    assert.deepEqual(others, []);
    // Nobody whom the stack does not have yet loses anything by it.
    const stranger = user("ada", administrator);
    assert.deepEqual(told([stranger, chen]), []);
    const none = { ...deployedWith({ users: [stranger] }).bastion, groups: [] };
    assert.deepEqual(keptWrongly(none, config("ada")), []);
  });

  it("is not done while a user is where the stack file does not say, in a group or by a path", () => {
    const config = bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "222222222222" } }
teams:
  operations: { grants: [{ roles: [OpsSudo], accounts: all }] }
  readers: { grants: [{ roles: [ReadOnly], accounts: all }] }
users: { chen: { teams: [readers] } }
`);
    const standing = (chen: LiveUser): Standing => {
      const deployed = deployedWith({ users: [chen] });
      const { bastion, criteria } = deployed;
      return {
        account: bastion,
        proposed: propose(bastion, project, criteria),
        withoutMfa: [],
        beside: besideTheStack(bastion, config, criteria.keep),
        steps: planRemovals(deployed, deployment),
        unread: [],
      };
    };
    const asConfigured = standing(member("chen", "readers"));
    assert.deepEqual(asConfigured.beside, []);
    assert.equal(isDone(asConfigured), true);
    const byHand = standing(
      member("chen", "readers", { groups: ["team-operations"] }),
    );
    assert.equal(isDone(byHand), false);
    assert.match(
      standingText(byHand, project).replace(/\s+/g, " "),
      /What a person decides - chen is a member of team-operations, and the stack file does not say so: write it there, or take chen out of the group\./,
    );
    const moved = standing(member("chen", "readers", { path: "/x/" }));
    assert.equal(isDone(moved), false);
    assert.match(
      standingText(moved, project).replace(/\s+/g, " "),
      /chen has the path \/x\/, .*pulumi up --refresh/,
    );
  });
});
