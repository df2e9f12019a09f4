import { NoSuchEntityException } from "@aws-sdk/client-iam";
import type { NamedDocument } from "../accounts/live-account";
import { explained } from "../command-line/explained";
import { iamCall } from "../formats/aws-command";
import type { HeldPolicy, PolicyHolder } from "./removal";

/**
 * The error of a removal that ended in the middle, with what it had taken away by then and the commands
 * that put it back.
 *
 * @param documents of the inline policies
 */
export const withPutBack = (
  error: unknown,
  { holder, name }: PolicyHolder,
  documents: readonly NamedDocument[],
  taken: readonly HeldPolicy[],
): unknown =>
  taken.length === 0
    ? error
    : cutOff(
        error,
        `Taken away by then, of the ${holder} ${name}: ${taken.map(policyName).join(", ")}`,
        taken.map((policy) =>
          policy.kind === "attached"
            ? iamCall(`attach-${holder}-policy`, {
                [`${holder}-name`]: name,
                "policy-arn": policy.arn,
              })
            : iamCall(`put-${holder}-policy`, {
                [`${holder}-name`]: name,
                "policy-name": policy.name,
                "policy-document": textOf(documents, policy.name),
              }),
        ),
      );

/** The error of a deletion that left the key inactive. */
export const withSwitchedOff = (
  error: unknown,
  user: string,
  id: string,
): unknown =>
  // Somebody else has deleted it.
  error instanceof NoSuchEntityException
    ? error
    : cutOff(error, "The key is switched off by then", [
        iamCall("update-access-key", {
          "user-name": user,
          "access-key-id": id,
          status: "Active",
        }),
      ]);

const cutOff = (
  error: unknown,
  what: string,
  commands: readonly string[],
): Error =>
  new Error(
    [
      explained(error),
      `${what}. To finish it, run this again. To put it back:`,
      ...commands.map((command) => `  ${command}`),
    ].join("\n"),
    { cause: error },
  );

const policyName = (policy: HeldPolicy): string =>
  policy.kind === "attached" ? policy.arn : `inline policy ${policy.name}`;

const textOf = (documents: readonly NamedDocument[], wanted: string): string =>
  documents.find(({ name }) => name === wanted)?.text ?? "";
