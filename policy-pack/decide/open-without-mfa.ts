import { speaksOfAction } from "./could-allow";
import type { Document, Statement } from "./document";
import { derivedKeys, type DerivedKeys } from "./derived-keys";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import {
  accountIdOrNone,
  actionName,
  anyAccountId,
  anyName,
  region,
  serviceName,
} from "./formats";
import { actionKey, literal, not, resourceKey } from "./literal";
import { withoutMfa, type MfaState } from "./mfa";
import { partitionIn, type Permissions } from "./permissions";
import { anyRest } from "./resource-sets";
import { search, type Verdict } from "./search";
import { templateText } from "./text/template";
import type { Segment, View } from "./text/text-test";

/**
 * What has to be open before MFA was given, to change a first password, enrol a device and open a
 * session with it; and what only tells of the user or the account, as AWS's examples leave it open.
 * Whatever takes a device away is not among them: with a stolen key one would enrol one's own instead.
 *
 * Source: AWS documentation, "IAM: Allows IAM users to self-manage an MFA device", "AWS: Allows
 * MFA-authenticated IAM users to manage their own credentials on the Security credentials page";
 * AWS re:Post, "How do I use MFA to authenticate access to AWS resources through the AWS CLI?".
 * AWS STS API reference, "GetCallerIdentity": a Deny does not close it.
 */
const neededForMfa = [
  "iam:ChangePassword",
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetAccountPasswordPolicy",
  "iam:GetAccountSummary",
  "iam:GetMFADevice",
  "iam:GetUser",
  "iam:ListAccessKeys",
  "iam:ListAccountAliases",
  "iam:ListMFADevices",
  "iam:ListSSHPublicKeys",
  "iam:ListServiceSpecificCredentials",
  "iam:ListUsers",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetCallerIdentity",
  "sts:GetSessionToken",
];

type OpenWithoutMfa = Verdict & { readonly mfa?: MfaState };

/**
 * Whether anything else can be done without MFA, whatever policies allow it: any action of any service, on
 * any resource, that no Deny closes.
 */
export const openWithoutMfa = (permissions: Permissions): OpenWithoutMfa =>
  firstOpen<OpenWithoutMfa>(
    withoutMfa.flatMap((mfa) =>
      requestsOf(partitionIn(permissions)).map(
        (request) => (effort: Effort) => ({
          ...mayDoMore(permissions, mfa, request, effort),
          mfa,
        }),
      ),
    ),
  );

const isNeeded = literal("StringEqualsIgnoreCase", actionKey, ...neededForMfa);

/** Most guards are one Deny: where one closes all of it, nobody has to look at the others. */
function mayDoMore(
  permissions: Permissions,
  mfa: MfaState,
  request: (denies: readonly Statement[]) => DerivedKeys,
  effort: Effort,
): Verdict {
  const { caller, given, derived, preferred } = permissions.caller;
  const ask = (statements: readonly Statement[]): Verdict =>
    search({
      layers: [[everything, { statements }]],
      caller,
      given: [...given, ...mfa.given, not(isNeeded)],
      derived: [...derived, request(statements)],
      preferred,
      effort,
    });
  const isClosedBy = (deny: Statement) =>
    speaksOfAction(deny, "any-service:AnyAction") &&
    ask([deny]).answer === "closed";
  const denies = permissions.documents
    .flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect === "Deny");
  return denies.some(isClosedBy) ? { answer: "closed" } : ask(denies);
}

/** So that nothing but a Deny closes anything. */
const everything: Document = {
  statements: [
    {
      sid: undefined,
      number: 1,
      effect: "Allow",
      principals: undefined,
      actions: undefined,
      resources: undefined,
      conditions: [],
    },
  ],
};

/**
 * All that can be asked of AWS: of a service, on a resource of its own, which reads best in a
 * witness; on one of another's, as `rds-data` does; on none.
 */
function requestsOf(
  partition: string,
): readonly ((denies: readonly Statement[]) => DerivedKeys)[] {
  const start = `arn:${partition}:`;
  const request =
    (
      resource: View,
      more: readonly Segment[] = [],
      examples: readonly (readonly string[])[] = [[]],
    ) =>
    (denies: readonly Statement[]): DerivedKeys =>
      derivedKeys({
        segments: [serviceName, actionName, ...more],
        views: { [actionKey]: [0, ":", 1], [resourceKey]: resource },
        tests: [],
        examples: likelyActions(denies).flatMap((action) =>
          examples.map((example) => [...action, ...example]),
        ),
      });
  const rest = [region, accountIdOrNone, anyRest];
  return [
    request([start, 0, ":", 2, ":", 3, ":", 4], rest, [
      ["us-east-1", anyAccountId, `thing/${anyName}`],
      ["", "", anyName],
    ]),
    request(
      [start, 2, ":", 3, ":", 4, ":", 5],
      [serviceName, ...rest],
      [["any-service", "", "", anyName]],
    ),
    request(["*"]),
  ];
}

/** Any, and those that the statements name, for a witness that reads well. */
function likelyActions(
  denies: readonly Statement[],
): readonly (readonly string[])[] {
  const ofActions = denies
    .flatMap(({ actions }) => actions?.values ?? [])
    .map((value) => templateText(value).split(":"));
  const ofResources = denies
    .flatMap(({ resources }) => resources?.values ?? [])
    .map((value) => [templateText(value).split(":")[2] ?? "", "*"]);
  return [["*", "*"], ...ofActions, ...ofResources].map(
    ([service = "", action = ""]) => [
      service === "*" ? "any-service" : service,
      action === "*" ? "AnyAction" : action.replaceAll("*", ""),
    ],
  );
}
