import { iamArn } from "../arn";
import type { Account, Cloud, User } from "../model";
import type { Fields } from "../services/json-body";
import { deliver } from "./delivery";
import { trailEvent } from "./event";
import { homeRegionOf } from "./home-region";

/** Who tried to sign in to an account's console, and what came of it. */
export interface SignIn {
  /** Unset: the account has no such user. */
  readonly user: User | undefined;
  readonly sourceIp: string;
  readonly withMfa: boolean;
  readonly succeeded: boolean;
}

/**
 * Puts a sign-in to the console into the account's trail. Source: AWS documentation, "AWS Management
 * Console sign-in events".
 */
export function recordSignIn(
  cloud: Cloud,
  account: Account,
  { user, sourceIp, withMfa, succeeded }: SignIn,
): void {
  const place = {
    account: account.id,
    region: homeRegionOf(cloud),
    source: "aws.signin",
    detailType: "AWS Console Sign In via CloudTrail",
  };
  const event = trailEvent(cloud, place, {
    userIdentity: identityOf(cloud, account, user),
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    eventType: "AwsConsoleSignIn",
    readOnly: false,
    sourceIPAddress: sourceIp,
    requestParameters: null,
    responseElements: { ConsoleLogin: succeeded ? "Success" : "Failure" },
    additionalEventData: {
      MobileVersion: "No",
      MFAUsed: withMfa ? "Yes" : "No",
    },
    ...(succeeded ? {} : { errorMessage: "Failed authentication" }),
  });
  deliver(cloud, account, event);
}

/** What was typed for a name may be a password: CloudTrail keeps a name that nobody has to itself. */
const identityOf = (
  cloud: Cloud,
  { id: accountId }: Account,
  user: User | undefined,
): Fields =>
  user
    ? {
        type: "IAMUser",
        principalId: user.id,
        accountId,
        arn: iamArn(cloud, accountId, "user", user),
        userName: user.name,
      }
    : {
        type: "IAMUser",
        accountId,
        userName: "HIDDEN_DUE_TO_SECURITY_REASONS",
      };
