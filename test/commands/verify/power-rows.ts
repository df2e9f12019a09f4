import assert from "node:assert/strict";
import { checkPower } from "../../../commands/verify/checks/power";
import {
  defaultSettings,
  type VerificationSettings,
} from "../../../commands/verify/facts";
import type { FindingKind } from "../../../commands/verify/finding-kinds";
import { bastionId, committedExpectation } from "./accounts";
import { callsIn } from "./remedy";
import { organisationOf, root, trusting, type Standing } from "./live-accounts";

export const people = trusting(root(bastionId), {
  Bool: { "aws:MultiFactorAuthPresent": "true" },
});

export const roleArn = (account: string, name: string): string =>
  `arn:aws:iam::${account}:role/${name}`;

/** A statement that lets its holder ask for the role. */
export const assuming = (resource: string) => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource: resource,
});

/** What stands in the accounts, and all that is to be found of power. */
export interface Row {
  readonly title: string;
  readonly accounts: Readonly<Record<string, Standing>>;
  readonly settings?: Partial<VerificationSettings>;
  /** Left out: nothing. Pieces that must stand in the message, in that order. */
  readonly finds?: readonly (readonly [
    rule: FindingKind,
    subject: string,
    ...says: readonly string[],
  ])[];
  /** The calls of the first finding's remedy. */
  readonly mends?: readonly string[];
}

export function testPower(rows: readonly Row[]): void {
  const expected = committedExpectation();
  for (const { title, accounts, settings = {}, finds = [], mends } of rows) {
    it(title, () => {
      const found = [
        ...checkPower({
          organisation: organisationOf(accounts),
          expected,
          settings: { ...defaultSettings, ...settings },
        }),
      ];
      assert.deepEqual(
        found.map(({ rule, subject }) => [rule, subject]),
        finds.map(([rule, subject]) => [rule, subject]),
        JSON.stringify(found, undefined, 1),
      );
      if (mends !== undefined) {
        assert.deepEqual(
          callsIn(found.slice(0, 1)).map(({ command }) => command),
          mends,
        );
      }
      for (const [index, [, , ...says]] of finds.entries()) {
        const message = found[index]?.message ?? "";
        let from = 0;
        for (const piece of says) {
          const at = message.indexOf(piece, from);
          assert.notEqual(at, -1, `"${piece}" is not in: ${message}`);
          from = at + piece.length;
        }
      }
    });
  }
}
