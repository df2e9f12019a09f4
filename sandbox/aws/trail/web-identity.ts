import { accountOf } from "../arn";
import type { Cloud } from "../model";
import { homeRegionOf } from "./home-region";
import { apiCall } from "./record";

/** A role that was taken with a token of an identity provider. */
export interface RoleTakenWithToken {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly providerArn: string;
  readonly subject: string;
  readonly sourceIp: string;
}

/** Such a call is signed for no region: it counts as the home region's here. */
export function recordTokenUse(
  cloud: Cloud,
  { roleArn, sessionName, providerArn, subject, sourceIp }: RoleTakenWithToken,
): void {
  const account = cloud.accounts.get(accountOf(roleArn));
  if (account === undefined) return;
  apiCall(cloud, account, homeRegionOf(cloud), "sts", {
    userIdentity: {
      type: "WebIdentityUser",
      principalId: `${providerArn}:${subject}`,
      userName: subject,
      identityProvider: providerArn,
    },
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRoleWithWebIdentity",
    eventType: "AwsApiCall",
    readOnly: true,
    sourceIPAddress: sourceIp,
    requestParameters: { roleArn, roleSessionName: sessionName },
  });
}
