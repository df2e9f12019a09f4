import assert from "node:assert/strict";
import { revokedUserSessions } from "../../../infra/documents/revoked-sessions";
import { bastionId } from "./accounts";
import { allow, findings, group } from "./changed-accounts";
import { documentOf } from "./live-accounts";

const policy = "revoked-sessions";

/** What the analysts' group has beside the config's policies, what is found, and what is to be done. */
const cases = [
  {
    title: "keeps closed what npm run revoke has closed",
    text: JSON.stringify(
      revokedUserSessions([
        { user: "chen", openedBefore: "2026-11-27T12:37:06Z" },
      ]),
    ),
    rule: "group-allows-less",
    remedy:
      /^The policy revoked-sessions closes the sessions that it names \(npm run revoke\): leave it, and deploy nothing before Pulumi\.yaml says so under revokedSessions;/,
  },
  {
    title: "has a policy of that name taken off that gives something",
    text: documentOf(allow("sts:AssumeRole")),
    rule: "group-allows-more",
    remedy: new RegExp(
      `^in account ${bastionId}: aws iam delete-group-policy --group-name team-analysts --policy-name ${policy}\\. Then deploy`,
    ),
  },
];

describe("verify, of sessions that were closed and of which the config says nothing", () => {
  for (const { title, text, rule, remedy } of cases) {
    it(title, () => {
      const [found, ...more] = findings(
        group("team-analysts", ({ inlinePolicies }) => ({
          inlinePolicies: [...inlinePolicies, { name: policy, text }],
        })),
      );
      assert.deepEqual(more, []);
      assert.equal(found?.rule, rule);
      assert.match(found.remedy ?? "", remedy);
    });
  }
});
