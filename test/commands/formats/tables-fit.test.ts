import assert from "node:assert/strict";
import { reportText } from "../../../commands/deploy/report";
import { cellsOf } from "../../../commands/formats/cells";
import { table } from "../../../commands/formats/table";
import { foundText } from "../../../commands/recover/report";
import type { Assignment } from "../../../commands/verify/assignments";
import {
  accountColumns,
  assignmentColumns,
} from "../../../commands/verify/formats/words";
import { assignmentsOf } from "../../../sandbox/tour/expected";
import { checkTable, matrixTable } from "../../../sandbox/tour/report";
import { readStackFile } from "../../../sandbox/project";

/** As long as IAM lets them be. */
const userName = (letter: string): string => letter.repeat(64);
const roleName = "R".repeat(64);
const roleArn = `arn:aws:iam::222222222222:role/${roleName}`;

const assignment = (role: string, users: readonly string[]): Assignment => ({
  users,
  role,
  accounts: ["the-account-of-the-billing-department", "dev"],
  isGranted: true,
  withoutMfa: "closed",
  freshMfa: "open",
  oldMfa: "closed",
  oldMfaSeconds: 3_600,
  takesOldMfa: false,
});

const account = (users: readonly string[]) => ({
  id: "222222222222",
  name: "the-account-of-the-billing-department",
  users: 1_000,
  roles: 1_000,
  root: { hasKeys: true, hasMfa: false, hasPassword: true },
  usersWithoutMfa: users,
});

const denied = { what: "", expected: "denied", seen: "denied" };
const row = (user: string, role: string) => ({
  user,
  assignment: { account: "dev", accountId: "222222222222", role },
  without: denied,
  with: { what: "", expected: "allowed", seen: "denied" },
});

const resource = {
  urn: `urn:pulumi:bastion::bastion-account::aws:iam/user:User::bastion-user/${userName("a")}`,
  type: "aws:iam/user:User",
  custom: true,
};

/** What is printed for names of a length, for a terminal of a width. */
const printed: Readonly<
  Record<string, (long: boolean, width: number) => string>
> = {
  "verify's roles": (long, width) =>
    table(
      assignmentColumns,
      long
        ? [assignment(roleName, [userName("a"), userName("b")])]
        : [assignment("ReadOnly", ["ada", "bashir"])],
      width,
    ),
  "verify's accounts": (long, width) =>
    table(
      accountColumns,
      [account(long ? [userName("a"), userName("b")] : ["ada"])],
      width,
    ),
  "deploy's stacks": (long, width) =>
    reportText(
      [
        {
          stack: long ? `workload-${userName("a").slice(0, 40)}` : "workload",
          outcome: {
            kind: "failed",
            at: "deployment",
            changes: { made: 1_000, changed: 1, replaced: 0, deleted: 0 },
            reasons: [`${roleArn} can't be made`.slice(0, long ? 70 : 20)],
            leftovers: [],
          },
          seconds: 3_600,
          log: undefined,
        },
      ],
      undefined,
      width,
    ),
  "recover's findings": (long, width) =>
    foundText(width, [
      {
        resource,
        name: long ? `bastion-user/${userName("a")}` : "bastion-user/ada",
        made: {
          answer: "made again",
          why: long ? `the policy names ${roleArn}` : "it has no name",
        },
      },
    ]),
  "the tour's roles": (long, width) =>
    matrixTable(
      [long ? row(userName("a"), roleName) : row("ada", "ReadOnly")],
      width,
    ),
  "the tour's attempts": (long, width) =>
    checkTable(
      [
        {
          ...denied,
          what: `${long ? userName("a") : "ada"} takes ReadOnly in dev, 12 h after giving MFA`,
        },
      ],
      width,
    ),
};

/** What stays of a text without the frame around it. */
const bare = (text: string): string => text.replaceAll(/[^\w/:]/g, "");

describe("a printed table", () => {
  for (const [name, text] of Object.entries(printed)) {
    for (const width of [80, 120]) {
      it(`fits ${width} columns, whatever the names: ${name}`, () => {
        for (const long of [false, true]) {
          for (const line of text(long, width).split("\n")) {
            assert.ok(cellsOf(line) <= width, `${cellsOf(line)}: ${line}`);
          }
        }
        assert.ok(text(true, width).length > 100);
      });
    }
  }

  it("loses nothing of a long name where it becomes a list", () => {
    const text = printed["the tour's roles"]?.(true, 80) ?? "";
    assert.doesNotMatch(text, /│/);
    assert.ok(bare(text).includes(userName("a")));
    assert.ok(bare(text).includes(roleName));
    assert.match(text, /✗ denied, expected: allowed/);
    const roles = printed["verify's roles"]?.(true, 80) ?? "";
    for (const each of [userName("a"), userName("b"), roleName]) {
      assert.ok(bare(roles).includes(each), each);
    }
  });

  it("has a row a role of the committed config, in 80 columns, in the tour", () => {
    const stackFile = readStackFile("bastion");
    const rows = Object.keys(stackFile.users).flatMap((user) =>
      assignmentsOf(stackFile).map(({ role }) => row(user, role)),
    );
    const lines = matrixTable(
      rows.map((one) => ({ ...one, with: denied })),
      80,
    ).split("\n");
    // A head, and a border above and below.
    assert.equal(lines.length, rows.length + 3);
  });
});
