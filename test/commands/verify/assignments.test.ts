import assert from "node:assert/strict";
import fc from "fast-check";
import { freshMfa } from "../../../policy-pack/decide/assume-role";
import { withoutMfa } from "../../../policy-pack/decide/mfa";
import type { LiveOrganisation } from "../../../commands/accounts/organisation";
import {
  oldFrom,
  ownRoles,
  type DecidedAssignments,
  type WrongAssignment,
} from "../../../commands/verify/assignments";
import { decideAssignments } from "../../../commands/verify/decide-assignments";
import {
  expectedAccess,
  type ExpectedAccess,
} from "../../../commands/verify/expected";
import type { Standing } from "../../../commands/verify/standing";
import { UserPrincipal } from "../../../commands/verify/user-principal";
import { mayAssume } from "../../../commands/verify/user-requests";
import { runs } from "../../run/property-tests";
import { bastionId, randomAccounts } from "./random-accounts";
import { deployed, largeConfig } from "./scale/large-organisation";

const powerUser = (mfaMaxAgeSeconds: number) => ({
  name: "PowerUser",
  mfaMaxAgeSeconds,
  trust: {},
  inlinePolicies: {},
  managedPolicyArns: [],
  boundaryArn: null,
  maxSessionSeconds: 3_600,
  trustedAccount: null,
  takenBy: null,
  tags: {},
});

/** Grants that have nothing to do with what the accounts say: some are kept, and some are not. */
const expected: ExpectedAccess = {
  partition: "aws",
  region: "us-east-1",
  deploymentRole: null,
  formatVersion: 5,
  pipelineRepository: null,
  accountAlias: null,
  bastion: {
    id: bastionId,
    name: "bastion",
    roles: [],
    boundaries: [],
    identityProviders: [],
  },
  accounts: [
    {
      id: "222222222222",
      name: "dev",
      roles: [powerUser(3_600)],
      boundaries: [],
      identityProviders: [],
    },
    {
      id: "033333333333",
      name: "prod",
      roles: [powerUser(900)],
      boundaries: [],
      identityProviders: [],
    },
  ],
  users: [],
  grants: [
    { users: ["ada", "bashir"], role: "PowerUser", accounts: ["dev", "prod"] },
    { users: ["ada", "adam"], role: "ReadOnly", accounts: ["dev"] },
  ],
  groups: [],
  openWithoutMfa: [],
  passwordPolicy: { minimumLength: 14, maxAgeDays: 0, rememberedPasswords: 24 },
};

type Pairs = ReadonlyMap<string, Partial<Standing>>;

const pairName = (user: string, account: string, role: string): string =>
  `${user} → ${account} ${role}`;

/** Each pair decided by itself: what the classes must agree with. */
function pairByPair({ accounts }: LiveOrganisation): Pairs {
  const bastion = accounts.find(({ id }) => id === bastionId);
  assert.ok(bastion);
  const pairs = new Map<string, Partial<Standing>>();
  for (const user of bastion.live.users) {
    const principal = new UserPrincipal(bastion.live, user);
    for (const account of accounts) {
      for (const role of ownRoles(account)) {
        const limit = expected.accounts
          .find(({ name }) => name === account.name)
          ?.roles.find(({ name }) => name === role.name)?.mfaMaxAgeSeconds;
        const old = oldFrom(limit ?? 3_600);
        pairs.set(pairName(user.name, account.name, role.name), {
          withoutMfa: mayAssume(principal, role, withoutMfa).answer,
          freshMfa: mayAssume(principal, role, [freshMfa]).answer,
          oldMfa: mayAssume(principal, role, old).answer,
          isGranted: expected.grants.some(
            (one) =>
              one.users.includes(user.name) &&
              one.role === role.name &&
              one.accounts.includes(account.name),
          ),
        });
      }
    }
  }
  return pairs;
}

/** The classes, taken apart; a pair that is in none is closed, and not granted. */
function takenApart({ reported }: DecidedAssignments): Pairs {
  return new Map(
    reported.flatMap((one) =>
      one.users.flatMap((user) =>
        one.accounts.map((account) => {
          const { withoutMfa, freshMfa, oldMfa, isGranted } = one;
          const standing = { withoutMfa, freshMfa, oldMfa, isGranted };
          return [pairName(user, account, one.role), standing] as const;
        }),
      ),
    ),
  );
}

/** The statements that let a pair in stand where this very user and role have them. */
function checkWords(
  { user, role, why }: WrongAssignment,
  { accounts }: LiveOrganisation,
): void {
  const groups = accounts[0]?.live.users.find(
    ({ name }) => name === user,
  )?.groups;
  for (const { answer, why: words } of Object.values(why)) {
    assert.equal(words === "", answer === "closed");
    if (answer !== "open") continue;
    const places = words.matchAll(
      /(?:of|on) the (group|user) (\S+)|the trust policy of (\S+)/g,
    );
    for (const [, kind, holder = "", trusting] of places) {
      if (kind === "group") assert.ok(groups?.includes(holder), words);
      else
        assert.equal(
          kind === "user" ? holder : trusting,
          kind === "user" ? user : role.name,
        );
    }
    assert.match(words, /the trust policy of /);
  }
}

const closed: Partial<Standing> = {
  withoutMfa: "closed",
  freshMfa: "closed",
  oldMfa: "closed",
  isGranted: false,
};

describe("users and roles that are one question", () => {
  it("have the answer that each pair has by itself", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(randomAccounts, (organisation) => {
        const decided = decideAssignments(organisation, expected);
        const pairs = pairByPair(organisation);
        const apart = takenApart(decided);
        for (const [name, alone] of pairs) {
          const together = apart.get(name) ?? closed;
          assert.deepEqual(together, alone, name);
          const answers = [alone.withoutMfa, alone.freshMfa, alone.oldMfa];
          const key = answers.join();
          seen.set(key, (seen.get(key) ?? 0) + 1);
        }
        assert.equal(decided.pairs.decided, pairs.size);
        assert.equal(decided.pairs.wrong, [...decided.wrong()].length);
        for (const one of decided.wrong()) checkWords(one, organisation);
        assert.equal(
          decided.pairs.granted,
          [...pairs.values()].filter(({ isGranted }) => isGranted).length,
        );
      }),
      { numRuns: runs(60) },
    );
    for (const [answers, least] of [
      ["open,open,open", 100],
      ["closed,open,open", 50],
      ["closed,open,closed", 20],
      ["closed,closed,closed", 100],
    ] as const) {
      assert.ok((seen.get(answers) ?? 0) > least, answers);
    }
  });

  it("are few in an organisation that stands as its config says, however large", () => {
    const counts = [
      { users: 10, accounts: 5 },
      { users: 60, accounts: 40 },
    ].map((size) => {
      const config = largeConfig({ ...size, seed: 1 });
      return decideAssignments(deployed(config), expectedAccess(config));
    });
    for (const { pairs, questions } of counts) {
      assert.equal(pairs.wrong, 0);
      assert.ok(pairs.granted > 0 && pairs.granted < pairs.decided);
      // Granted or not, with a limit on the age of MFA or without.
      assert.equal(questions, 4);
    }
    assert.equal(counts[1]?.pairs.decided, 60 * 40 * 5);
  });

  it("are as many as users where names make a difference, and no more where they make none", () => {
    const config = largeConfig({ users: 20, accounts: 10, seed: 1 });
    const questionsWith = (condition: object): number => {
      const organisation = structuredClone(deployed(config));
      const roles = organisation.accounts.flatMap(({ live }) => live.roles);
      for (const role of roles) {
        const [statement] = (JSON.parse(role.trust) as TrustText).Statement;
        Object.assign(role, {
          trust: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ ...statement, Condition: condition }],
          }),
        });
      }
      return decideAssignments(organisation, expectedAccess(config)).questions;
    };
    const named = { "sts:RoleSessionName": "${aws:username}" };
    assert.equal(questionsWith({ StringEquals: named }), 4);
    const also = { "sts:RoleSessionName": "user-1*" };
    assert.ok(questionsWith({ StringEquals: named, StringLike: also }) > 20);
  });
});

interface TrustText {
  readonly Statement: readonly object[];
}
