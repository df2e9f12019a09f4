import type { Assignment } from "../assignments";
import type { Facts } from "../facts";
import { findingsAbout, type Fault, type Findings } from "../findings";

/** What opens, held against what the config grants. */
export function* checkAssignments({ assignments }: Facts): Findings {
  for (const one of assignments) {
    const { user, role, account: name, accountId: id } = one;
    const which = `${user} and ${role} in ${name}`;
    const faults = faultsOf(one).map(([isFault, rule, message]): Fault => [
      isFault,
      rule,
      `${which}: ${message}`,
    ]);
    yield* findingsAbout({ id, name }, one.roleArn, faults);
  }
}

function faultsOf(assignment: Assignment): readonly Fault[] {
  const { withoutMfa, freshMfa, oldMfa, isGranted, takesOldMfa } = assignment;
  const { oldMfaSeconds } = assignment;
  const answers = [freshMfa, oldMfa, withoutMfa];
  const doubt = [withoutMfa, freshMfa, oldMfa].find(
    ({ answer }) => answer === "undecided",
  );
  const open = answers.find(({ answer }) => answer === "open");
  const isClosed = isGranted && freshMfa.answer === "closed";
  return [
    [doubt !== undefined, "undecided", doubt?.why ?? ""],
    [
      withoutMfa.answer === "open",
      "open-without-mfa",
      `opens without MFA, by ${withoutMfa.why}`,
    ],
    [
      open !== undefined && !isGranted,
      "open-not-granted",
      `opens, by ${open?.why ?? ""}, and the config does not grant it`,
    ],
    [
      oldMfa.answer === "open" && !takesOldMfa,
      "open-with-old-mfa",
      `opens with MFA given ${oldMfaSeconds} seconds ago or longer, by ${oldMfa.why}`,
    ],
    [isClosed, "granted-but-closed", "granted, and closed even with fresh MFA"],
    [
      isGranted && !isClosed && takesOldMfa && oldMfa.answer === "closed",
      "granted-but-closed",
      `granted with MFA of any age, and closed from ${oldMfaSeconds} seconds on`,
    ],
  ];
}
