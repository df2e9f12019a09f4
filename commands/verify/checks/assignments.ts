import type { WrongAssignment } from "../assignments";
import type { Facts } from "../facts";
import { fewOf } from "../../formats/few-of";
import type { FindingKind } from "../finding-kinds";
import { finding, type Findings } from "../findings";

/** What opens, held against what the config grants: a finding for each role and fault. */
export function* checkAssignments({ assignments }: Facts): Findings {
  const found = new Map<string, Found>();
  for (const one of assignments.wrong()) {
    for (const { rule, words } of faultsOf(one)) {
      const key = JSON.stringify([one.role.arn, rule, words("")]);
      const known = found.get(key) ?? { ...one, rule, words, users: [] };
      known.users.push(one.user);
      found.set(key, known);
    }
  }
  for (const { rule, account, role, users, words } of found.values()) {
    const message = `${role.name} in ${account.name} ${words(fewOf(users))}`;
    yield finding(rule, account, role.arn, message);
  }
}

interface Fault {
  readonly rule: FindingKind;
  /** What the role does. */
  readonly words: (users: string) => string;
}

/** Users to whom the same happens before the same role, by the same statements. */
interface Found extends Fault, Pick<WrongAssignment, "account" | "role"> {
  readonly users: string[];
}

function faultsOf(one: WrongAssignment): readonly Fault[] {
  const { isGranted, takesOldMfa, oldMfaSeconds, why } = one;
  const { withoutMfa, freshMfa, oldMfa } = why;
  const doubt = [withoutMfa, freshMfa, oldMfa].find(
    ({ answer }) => answer === "undecided",
  );
  const open = [freshMfa, oldMfa, withoutMfa].find(
    ({ answer }) => answer === "open",
  );
  const isClosed = isGranted && freshMfa.answer === "closed";
  const faults: readonly (readonly [boolean, FindingKind, Fault["words"]])[] = [
    [
      doubt !== undefined,
      "undecided",
      (users) => `may open to ${users}: ${doubt?.why ?? ""}`,
    ],
    [
      withoutMfa.answer === "open",
      "open-without-mfa",
      (users) => `opens to ${users} without MFA, by ${withoutMfa.why}`,
    ],
    [
      open !== undefined && !isGranted,
      "open-not-granted",
      (users) =>
        `opens to ${users}, by ${open?.why ?? ""}, and the config does not grant it`,
    ],
    [
      oldMfa.answer === "open" && !takesOldMfa,
      "open-with-old-mfa",
      (users) =>
        `opens to ${users} with MFA given ${oldMfaSeconds} seconds ago or longer, by ${oldMfa.why}`,
    ],
    [
      isClosed,
      "granted-but-closed",
      (users) => `is granted to ${users}, and closed even with fresh MFA`,
    ],
    [
      isGranted && !isClosed && takesOldMfa && oldMfa.answer === "closed",
      "granted-but-closed",
      (users) =>
        `is granted to ${users} with MFA of any age, and closed from ${oldMfaSeconds} seconds on`,
    ],
  ];
  return faults
    .filter(([isFault]) => isFault)
    .map(([, rule, words]) => ({ rule, words }));
}
