import type { Assignment } from "../assignments";
import type { Facts } from "../facts";
import { findingsAbout, type AccountFinding, type Fault } from "../findings";

/** What opens, held against what the config grants. */
export const checkAssignments = ({
  assignments,
}: Facts): readonly AccountFinding[] => assignments.flatMap(checkAssignment);

function checkAssignment(assignment: Assignment): readonly AccountFinding[] {
  const { withoutMfa, freshMfa, oldMfa, isGranted, takesOldMfa } = assignment;
  const { user, role, accountId, account, roleArn, oldMfaSeconds } = assignment;
  const answers = [freshMfa, oldMfa, withoutMfa];
  const doubt = [withoutMfa, freshMfa, oldMfa].find(
    ({ answer }) => answer === "undecided",
  );
  const open = answers.find(({ answer }) => answer === "open");
  const isClosed = isGranted && freshMfa.answer === "closed";
  const faults: readonly Fault[] = [
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
  return findingsAbout(
    { id: accountId, name: account },
    roleArn,
    faults.map(([isFault, rule, message]) => [
      isFault,
      rule,
      `${user} and ${role} in ${account}: ${message}`,
    ]),
  );
}
