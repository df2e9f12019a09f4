import { strict as assert } from "node:assert";
import { roleSessionCase } from "../../../policy-pack/decide/callers";
import { mayChangeAccounts } from "../../../policy-pack/decide/account-power";
import {
  isAdministrator,
  mayAssumeAnyRole,
  mayChangeIam,
  mayPassAnyRole,
  mayUseAnyService,
  type Permissions,
} from "../../../policy-pack/decide/powers";
import type { Verdict, Witness } from "../../../policy-pack/decide/search";
import {
  answerOf,
  asked,
  casesOf,
  shown,
  type PermissionCase,
  type PermissionQuestion,
} from "./cases";
import { readWell } from "./reading";
import { simulate } from "./simulate";
import { requestOf } from "./witness";

const questions: Readonly<
  Record<PermissionQuestion, (permissions: Permissions) => Verdict>
> = {
  changesIam: mayChangeIam,
  passesAnyRole: mayPassAnyRole,
  takesAnyRole: mayAssumeAnyRole,
  anyService: mayUseAnyService,
  administrator: isAdministrator,
  changesAccounts: mayChangeAccounts,
};

const caller = roleSessionCase({
  account: "222222222222",
  partition: "aws",
  arn: "arn:aws:iam::222222222222:role/team",
});

describe("permissions with known answers", () => {
  for (const one of casesOf("permissions")) {
    it(one.title, async () => {
      const permissions: Permissions = {
        caller,
        documents: one.documents.map((each) => readWell(each, "identity")),
        boundary:
          one.boundary === undefined
            ? undefined
            : [readWell(one.boundary, "identity")],
        account: "222222222222",
      };
      for (const [question, answer] of asked(one.answers)) {
        const verdict = questions[question](permissions);
        assert.equal(answerOf(verdict), answer, shown(one, question, verdict));
        if (verdict.answer === "open" && one.notSimulated === undefined) {
          await isAllowed(one, question, verdict.witness);
        }
      }
    });
  }
});

async function isAllowed(
  one: PermissionCase<PermissionQuestion>,
  question: PermissionQuestion,
  witness: Witness,
): Promise<void> {
  const [action = ""] = witness.values.get(":action") ?? [];
  const [resource = ""] = witness.values.get(":resource") ?? [];
  // No service that the simulator knows: s3 stands for one that nobody foresaw.
  const isForeseen = !action.startsWith("any-service:");
  const request = {
    principal: requestOf(witness).principal,
    action: isForeseen ? action : "s3:PutObject",
    resource: isForeseen ? named(resource) : "arn:aws:s3:::any/thing",
    context: requestOf(witness).keys,
  };
  assert.ok(
    await simulate({
      ...request,
      identity: one.documents.map(written),
      boundary: one.boundary,
    }),
    `the simulator denies ${shown(one, question, request)}`,
  );
}

/** A request without a resource is about `*` to the simulator. */
const named = (resource: string): string =>
  resource === "arn:::::" ? "*" : resource;

const written = (document: unknown): unknown =>
  typeof document === "string" ? JSON.parse(document) : document;
