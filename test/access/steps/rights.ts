import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
  LiveUser,
} from "../../../commands/accounts/live-account";
import { readPolicies, trustOf } from "../../../commands/accounts/documents";
import {
  documentsKey,
  rolePermissions,
  userPermissions,
} from "../../../commands/accounts/permissions";
import {
  mayAssumeRole,
  tagsByKey,
} from "../../../policy-pack/decide/assume-role";
import {
  requestBeyondAll,
  type Rights,
} from "../../../policy-pack/decide/beyond";
import { actionKey, resourceKey } from "../../../policy-pack/decide/literal";
import {
  withMfaOfAge,
  withoutMfa,
  type MfaState,
} from "../../../policy-pack/decide/mfa";
import { openWithoutMfa } from "../../../policy-pack/decide/open-without-mfa";
import type { Permissions } from "../../../policy-pack/decide/powers";
import { whoMayAssume } from "../../../policy-pack/decide/trust";
import type { Moment } from "./observed";

/** A role in its account. */
export interface PlacedRole {
  readonly account: LiveAccount;
  readonly role: LiveRole;
}

/** The answer to a question: what gets in, "" for nothing. What is undecided is told as if it did. */
type Answer = string;

/**
 * The project's own decisions about one moment, each of which is a proof over all requests. Most moments
 * differ in one thing, so that the same question comes again and again.
 */
export class Decisions {
  private readonly answers = new Map<string, unknown>();

  constructor(private readonly bastionId: string) {}

  usersAt(moment: Moment): readonly LiveUser[] {
    return this.bastionAt(moment)?.users ?? [];
  }

  bastionAt(moment: Moment): LiveAccount | undefined {
    return moment.get(this.bastionId);
  }

  userAt(moment: Moment, name: string): Permissions | undefined {
    const account = this.bastionAt(moment);
    const user = account?.users.find((one) => one.name === name);
    return account && user && userPermissions(account, user);
  }

  /** Whether anybody at all may take the role without MFA, by its trust alone. */
  withoutMfaInto({ role }: PlacedRole, accounts: readonly string[]): Answer {
    return this.once(["without MFA", role.trust, accounts], () => {
      const verdict = whoMayAssume(trustOf(role), {
        counts: () => true,
        mfa: withoutMfa,
        accounts,
      });
      return verdict.answer === "closed" ? "" : verdict.answer;
    });
  }

  /** What a user may do without MFA beyond what it takes to give one, whatever policies allow it. */
  unguarded(user: Permissions): Answer {
    return this.once(["guard", keyOf(user)], () => {
      const verdict = openWithoutMfa(user);
      return verdict.answer === "closed" ? "" : verdict.answer;
    });
  }

  /** Whether the group's policies allow anything. */
  gives(account: LiveAccount, group: LiveGroup): boolean {
    return readPolicies(account, group)
      .flatMap(({ statements }) => statements)
      .some(({ effect }) => effect === "Allow");
  }

  /** The states of MFA in which the user gets into the role. */
  waysInto(
    user: Permissions,
    { role }: PlacedRole,
    states: readonly MfaState[],
  ): readonly MfaState[] {
    const facts = [keyOf(user), role.arn, role.trust, role.tags];
    return states.filter((state) =>
      this.once(["into", ...facts, state.name], () => {
        const asked = {
          arn: role.arn,
          trust: [trustOf(role)],
          tags: tagsByKey(role.tags),
        };
        return mayAssumeRole(user, asked, [state]).answer !== "closed";
      }),
    );
  }

  /** What somebody with these permissions may do, and with none of the others. */
  beyond(found: Permissions, meant: readonly Permissions[]): Answer {
    if (meant.some((one) => keyOf(one) === keyOf(found))) return "";
    const keys = [keyOf(found), ...meant.map(keyOf)];
    return this.once(["beyond", ...keys], () => beyondAll(found, meant));
  }

  roleAt({ account, role }: PlacedRole): Permissions {
    return rolePermissions(account, role);
  }

  private once<T>(question: readonly unknown[], decide: () => T): T {
    const key = JSON.stringify(question);
    if (!this.answers.has(key)) this.answers.set(key, decide());
    return this.answers.get(key) as T;
  }
}

/** Where nothing was meant at all, any Allow is more: it is asked beside a policy that says nothing. */
function beyondAll(found: Permissions, meant: readonly Rights[]): Answer {
  const nothing: Rights = { documents: [], boundary: undefined };
  const verdict = requestBeyondAll(
    found,
    meant.length === 0 ? [nothing] : meant,
    found.caller,
  );
  switch (verdict.answer) {
    case "closed":
      return "";
    case "undecided":
      return `undecided: ${verdict.why}`;
    case "open":
      return told
        .map((key) => `${key} ${String(verdict.witness.values.get(key))}`)
        .join(", ");
  }
}

/** What of a request says which it is. */
const told = [
  actionKey,
  resourceKey,
  "aws:multifactorauthpresent",
  "aws:multifactorauthage",
];

const keyOf = (permissions: Permissions): string =>
  JSON.stringify([
    documentsKey(permissions),
    permissions.caller.given.map(({ condition }) => [
      condition.key,
      condition.values,
    ]),
    [...(permissions.tags ?? [])].sort(),
  ]);

/** Without MFA, and with one of each age at which some document draws a line. */
export function mfaStates(moments: readonly Moment[]): readonly MfaState[] {
  const accounts = new Set(moments.flatMap((moment) => [...moment.values()]));
  const texts = new Set([...accounts].flatMap(textsOf));
  const limits = [...texts].flatMap((text) =>
    [...text.matchAll(mfaAge)].map(([, seconds]) => Number(seconds)),
  );
  const ages = [1, ...limits.flatMap((limit) => [limit - 1, limit])];
  return [
    ...withoutMfa,
    ...[...new Set(ages)].sort((a, b) => a - b).map(withMfaOfAge),
  ];
}

const mfaAge = /"aws:MultiFactorAuthAge":"(\d+)"/g;

const textsOf = ({
  groups,
  roles,
  managedPolicies,
}: LiveAccount): readonly string[] => [
  ...roles.map(({ trust }) => trust),
  ...[...groups, ...roles].flatMap(({ inlinePolicies }) =>
    inlinePolicies.map(({ text }) => text),
  ),
  ...managedPolicies.values(),
];
