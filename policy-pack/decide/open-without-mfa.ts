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
import { layersOf, partitionIn, type Permissions } from "./permissions";
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

/** Whether anything else can be done without MFA: any action of any service, on any resource. */
export const openWithoutMfa = (permissions: Permissions): OpenWithoutMfa =>
  firstOpen<OpenWithoutMfa>(
    withoutMfa.flatMap((mfa) =>
      requestsOf(permissions).map((request) => (effort: Effort) => ({
        ...mayDoMore(permissions, mfa, request, effort),
        mfa,
      })),
    ),
  );

const isNeeded = literal("StringEqualsIgnoreCase", actionKey, ...neededForMfa);

function mayDoMore(
  permissions: Permissions,
  mfa: MfaState,
  request: DerivedKeys,
  effort: Effort,
): Verdict {
  const { caller, given, derived, preferred } = permissions.caller;
  return search({
    layers: layersOf(permissions),
    caller,
    given: [...given, ...mfa.given, not(isNeeded)],
    derived: [...derived, request],
    preferred,
    effort,
  });
}

/**
 * All that can be asked of AWS: of a service, on a resource of its own, which reads best in a
 * witness; on one of another's, as `rds-data` does; on none.
 */
function requestsOf(permissions: Permissions): readonly DerivedKeys[] {
  const start = `arn:${partitionIn(permissions)}:`;
  const actions = likelyActions(permissions);
  const request = (
    resource: View,
    more: readonly Segment[] = [],
    examples: readonly (readonly string[])[] = [[]],
  ): DerivedKeys =>
    derivedKeys({
      segments: [serviceName, actionName, ...more],
      views: { [actionKey]: [0, ":", 1], [resourceKey]: resource },
      tests: [],
      examples: actions.flatMap((action) =>
        examples.map((example) => [...action, ...example]),
      ),
    });
  return [
    request(
      [start, 0, ":", 2, ":", 3, ":", 4],
      [region, accountIdOrNone, anyRest],
      [
        ["us-east-1", anyAccountId, `thing/${anyName}`],
        ["", "", anyName],
      ],
    ),
    request([start, 2], [anyRest], [[`any-service:::${anyName}`]]),
    request(["*"]),
  ];
}

/** Any, and those that the statements name, for a witness that reads well. */
function likelyActions(
  permissions: Permissions,
): readonly (readonly string[])[] {
  const statements = layersOf(permissions)
    .flat()
    .flatMap((document) => document.statements);
  const ofActions = statements
    .flatMap(({ actions }) => actions?.values ?? [])
    .map((value) => templateText(value).split(":"));
  const ofResources = statements
    .flatMap(({ resources }) => resources?.values ?? [])
    .map((value) => [templateText(value).split(":")[2] ?? "", "*"]);
  return [["*", "*"], ...ofActions, ...ofResources].map(
    ([service = "", action = ""]) => [
      service === "*" ? "any-service" : service,
      action === "*" ? "AnyAction" : action.replaceAll("*", ""),
    ],
  );
}
