import type { Assignment } from "../assignments";
import type { Facts } from "../facts";
import { finding, type AccountFinding, type FindingKind } from "../findings";

/** What opens, held against what the config grants. */
export const checkAssignments = ({
  assignments,
}: Facts): readonly AccountFinding[] => assignments.flatMap(checkAssignment);

function checkAssignment(assignment: Assignment): readonly AccountFinding[] {
  const { withoutMfa, freshMfa, oldMfa, isGranted, takesOldMfa } = assignment;
  const say = (rule: FindingKind, message: string): AccountFinding =>
    finding(
      rule,
      { id: assignment.accountId, name: assignment.account },
      assignment.roleArn,
      `${assignment.user} and ${assignment.role} in ${assignment.account}: ${message}`,
    );
  const findings: AccountFinding[] = [];
  const doubt = [withoutMfa, freshMfa, oldMfa].find(
    ({ answer }) => answer === "undecided",
  );
  if (doubt !== undefined) findings.push(say("undecided", doubt.why));
  if (withoutMfa.answer === "open") {
    findings.push(
      say("open-without-mfa", `opens without MFA, by ${withoutMfa.why}`),
    );
  }
  const open = [freshMfa, oldMfa, withoutMfa].find(
    ({ answer }) => answer === "open",
  );
  if (open !== undefined && !isGranted) {
    findings.push(
      say(
        "open-not-granted",
        `opens, by ${open.why}, and the config does not grant it`,
      ),
    );
  }
  if (oldMfa.answer === "open" && !takesOldMfa) {
    findings.push(
      say(
        "open-with-old-mfa",
        `opens with MFA given ${assignment.oldMfaSeconds} seconds ago or longer, by ${oldMfa.why}`,
      ),
    );
  }
  if (isGranted && freshMfa.answer === "closed") {
    findings.push(
      say("granted-but-closed", "granted, and closed even with fresh MFA"),
    );
  } else if (isGranted && takesOldMfa && oldMfa.answer === "closed") {
    findings.push(
      say(
        "granted-but-closed",
        `granted with MFA of any age, and closed from ${assignment.oldMfaSeconds} seconds on`,
      ),
    );
  }
  return findings;
}
