import {
  holderForms,
  membershipForms,
  policyGrantForms,
} from "../../../policy-pack/identities/forms";

/** Every property that a rule decides by, as type and property. */
export const propertiesRead: readonly (readonly [string, string])[] = [
  ...[...holderForms].flatMap(([type, form]) =>
    [
      form.name,
      form.trust,
      form.session,
      form.boundary,
      form.inline?.list,
      form.managed,
      form.groups,
    ].flatMap((one) => (one === undefined ? [] : [[type, one] as const])),
  ),
  ...[...policyGrantForms].flatMap(([type, form]) =>
    [
      ...form.holders.map(([, property]) => property),
      form.document,
      form.managed,
      form.inlineNames,
    ].flatMap((one) => (one === undefined ? [] : [[type, one] as const])),
  ),
  ...[...membershipForms].flatMap(([type, { users, groups }]) => [
    [type, users] as const,
    [type, groups] as const,
  ]),
  ...["minimumPasswordLength", "passwordReusePrevention", "hardExpiry"].map(
    (one) =>
      ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy", one] as const,
  ),
  ["aws:iam/userLoginProfile:UserLoginProfile", "pgpKey"],
  ["aws:iam/accessKey:AccessKey", "pgpKey"],
  ...["principal", "action", "principalOrgId", "sourceAccount"].flatMap(
    (one) => [
      ["aws:lambda/permission:Permission", one] as const,
      ["aws-native:lambda:Permission", one] as const,
    ],
  ),
  ["aws:lambda/permission:Permission", "sourceArn"],
  ["aws:lambda/layerVersionPermission:LayerVersionPermission", "principal"],
  [
    "aws:lambda/layerVersionPermission:LayerVersionPermission",
    "organizationId",
  ],
  ["aws:cloudwatch/eventPermission:EventPermission", "condition"],
  ["aws:kms/grant:Grant", "granteePrincipal"],
  ["aws:s3/bucketPolicy:BucketPolicy", "policy"],
  ["aws-native:events:EventBusPolicy", "statement"],
];
