import { sharingForms } from "../../../policy-pack/identities/sharing-forms";
import { unknownText } from "../pack";
import { bastion, dev, foreign, prod, root } from "./documents";
import { anyAccount } from "./found";
import { resource } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "known-accounts-only";

const organisation = "o-acme123456";
const organisations = [organisation];
const management = "666666666666";
const organisationArn = (id: string) =>
  `arn:aws:organizations::${management}:organization/${id}`;
const unitArn = (id: string) =>
  `arn:aws:organizations::${management}:ou/${id}/ou-ab12-cdefghij`;

/** Inputs of a type that let in whoever it is given. */
const shared = (property: string, value: unknown) =>
  property
    .split(".")
    .reduceRight<unknown>(
      (inside, name) => ({ [name]: inside }),
      value,
    ) as Record<string, unknown>;

const forms = [...sharingForms].flatMap(([type, { principals }]) =>
  principals.map((property) => [type, property] as const),
);

const image = (name: string, inputs: Record<string, unknown>) =>
  resource("aws:ec2/amiLaunchPermission:AmiLaunchPermission", name, inputs);
const share = (name: string, principal: unknown) =>
  resource("aws:ram/principalAssociation:PrincipalAssociation", name, {
    principal,
  });
const snapshot = (name: string, sharedAccounts: unknown) =>
  resource("aws:rds/snapshot:Snapshot", name, { sharedAccounts });
const lake = (name: string, principal: unknown) =>
  resource("aws:lakeformation/permissions:Permissions", name, { principal });
const endpointService = (name: string, allowedPrincipals: unknown) =>
  resource("aws:ec2/vpcEndpointService:VpcEndpointService", name, {
    allowedPrincipals,
  });
const collaboration = (name: string, members: unknown) =>
  resource("aws:cleanrooms/collaboration:Collaboration", name, { members });
const clusterMap = (
  resourceName: string,
  data: Record<string, unknown>,
  name = "aws-auth",
) =>
  resource("kubernetes:core/v1:ConfigMap", resourceName, {
    metadata: { name, namespace: "kube-system" },
    data,
  });
const searches = {
  ResourceType: "index",
  Resource: ["index/orders/*"],
  Permission: ["aoss:ReadDocument"],
};
const collection = (name: string, principal: string) =>
  resource(
    "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy",
    name,
    {
      type: "data",
      policy: JSON.stringify([{ Rules: [searches], Principal: [principal] }]),
    },
  );
const authority = (name: string, sourceAccount?: string) =>
  resource("aws:acmpca/permission:Permission", name, {
    principal: "acm.amazonaws.com",
    ...(sourceAccount === undefined ? {} : { sourceAccount }),
  });

const dataShare = (name: string, consumerIdentifier: string) =>
  resource("aws:redshift/dataShareAuthorization:DataShareAuthorization", name, {
    consumerIdentifier,
  });

const rows: readonly Row[] = [
  ...forms.flatMap(([type, property]): readonly Row[] => [
    {
      title: `finds a foreign account in ${property} of ${type}`,
      resources: [resource(type, "shared", shared(property, foreign))],
      finds: [
        { resource: "shared", kind: "wrong", witness: { account: foreign } },
      ],
    },
    {
      title: `knows the accounts of the config in ${property} of ${type}`,
      resources: [resource(type, "shared", shared(property, prod))],
    },
  ]),
  {
    title: "leaves to the update whom a snapshot is shared with",
    resources: [snapshot("orders", [dev, unknownText])],
    finds: [{ resource: "orders", kind: "unknown", field: "sharedAccounts.1" }],
  },
  {
    title: "finds what is shared with everybody, in each service's word for it",
    resources: [
      image("image", { group: "all" }),
      snapshot("orders", ["all"]),
      ...["public", "private"].map((getObject) =>
        resource("aws-native:lightsail:Bucket", getObject, {
          accessRules: { getObject },
        }),
      ),
      endpointService("service", ["*"]),
      dataShare("subscribers", "ADX"),
      resource("aws:ssm/document:Document", "steps", {
        permissions: { type: "Share", account_ids: "All" },
      }),
    ],
    finds: [
      { resource: "public", witness: { account: anyAccount } },
      { resource: "image", field: "group", witness: { account: anyAccount } },
      { resource: "orders", witness: { account: anyAccount } },
      { resource: "service", witness: { account: anyAccount } },
      { resource: "subscribers", witness: { account: anyAccount } },
      { resource: "steps", witness: { account: anyAccount } },
    ],
  },
  {
    title: "finds the one foreign account of a list, or of a text with commas",
    resources: [
      endpointService("service", [root(dev), root(foreign)]),
      resource("aws:ssm/document:Document", "steps", {
        permissions: { type: "Share", account_ids: `${dev}, ${foreign}` },
      }),
    ],
    finds: [
      { resource: "service", witness: { account: foreign } },
      { resource: "steps", witness: { account: foreign } },
    ],
  },
  {
    title: "finds the one foreign account among the entries of a list",
    resources: [
      collaboration("found", [{ accountId: dev }, { accountId: foreign }]),
      collaboration("own", [{ accountId: dev }, { accountId: prod }]),
      collaboration("alone", []),
      collaboration("later", [{ accountId: dev }, { accountId: unknownText }]),
    ],
    finds: [
      { resource: "found", witness: { account: foreign } },
      { resource: "later", kind: "unknown", field: "members.1.accountId" },
    ],
  },
  {
    title: "takes people of QuickSight for their account",
    resources: [dev, foreign].map((account) =>
      resource("aws:quicksight/template:Template", account, {
        permissions: [
          {
            principal: `arn:aws:quicksight:eu-west-1:${account}:user/default/ada`,
            actions: ["quicksight:DescribeTemplate"],
          },
        ],
      }),
    ),
    finds: [{ resource: foreign, witness: { account: foreign } }],
  },
  {
    title: "finds foreign accounts in the map of a cluster",
    resources: [
      clusterMap("role", { mapRoles: `- rolearn: ${root(foreign)}\n` }),
      clusterMap("account", { mapAccounts: `- "${foreign}"\n` }),
      clusterMap("own", { mapRoles: `- rolearn: ${root(dev)}\n` }),
      clusterMap("later", { mapUsers: unknownText }),
      clusterMap("other", { mapRoles: root(foreign) }, "notes"),
      clusterMap("later-other", { mapUsers: unknownText }, "notes"),
    ],
    finds: [
      { resource: "role", field: "data", witness: { account: foreign } },
      { resource: "account", witness: { account: foreign } },
      { resource: "later", kind: "unknown", field: "data.mapUsers" },
    ],
  },
  {
    title: "takes the account out of the ARN of what is joined",
    resources: [foreign, prod].map((account) =>
      resource("aws:oam/link:Link", account, {
        sinkIdentifier: `arn:aws:oam:eu-west-1:${account}:sink/1a2b`,
      }),
    ),
    finds: [{ resource: foreign, witness: { account: foreign } }],
  },
  {
    title: "finds foreign principals of a statement that is a resource",
    resources: ["Allow", "Deny"].map((effect) =>
      resource("aws-native:entityresolution:PolicyStatement", effect, {
        effect,
        action: ["entityresolution:GetMatchId"],
        principal: [root(foreign)],
      }),
    ),
    finds: [{ resource: "Allow", witness: { account: foreign } }],
  },
  {
    title: "knows the organisation of the config, and its units",
    organisation: { organisations },
    resources: [
      share("all", organisationArn(organisation)),
      share("unit", unitArn(organisation)),
      image("image", { organizationArn: organisationArn(organisation) }),
    ],
  },
  {
    title: "finds another organisation",
    organisation: { organisations },
    resources: [share("all", organisationArn("o-evil123456"))],
    finds: [
      {
        resource: "all",
        witness: {
          account: anyAccount,
          keys: { "aws:principalorgid": ["o-evil123456"] },
        },
      },
    ],
  },
  {
    title: "takes people of an identity provider for its account",
    resources: [
      lake("own", `arn:aws:iam::${dev}:saml-provider/idp:user/ada`),
      lake("other", `arn:aws:iam::${foreign}:saml-provider/idp:user/ada`),
      lake("all-of-other", `${foreign}:IAMPrincipals`),
    ],
    finds: [
      { resource: "other", witness: { account: foreign } },
      { resource: "all-of-other", witness: { account: foreign } },
    ],
  },
  {
    title: "takes those of a sign-in to OpenSearch for its account",
    resources: [
      collection("own", `saml/${dev}/idp/group/search`),
      collection(
        "person",
        "iamidentitycenter/ssoins-0123456789abcdef/user/u-1",
      ),
      collection("role", `arn:aws:iam::${prod}:role/search`),
      collection("other", `saml/${foreign}/idp/user/ada`),
      collection("center", `iamidentitycenter/${foreign}/app/group/g-1`),
      collection("session", `arn:aws:sts::${foreign}:assumed-role/search/ada`),
      resource(
        "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy",
        "later",
        { type: "data", policy: unknownText },
      ),
    ],
    finds: [
      ...["other", "center", "session"].map((name) => ({
        resource: name,
        field: "policy",
        witness: { account: foreign },
      })),
      { resource: "later", kind: "unknown", field: "policy" },
    ],
  },
  {
    title: "finds the foreign one of several rules of a collection",
    resources: [
      resource("aws-native:opensearchserverless:AccessPolicy", "search", {
        policy: JSON.stringify(
          [dev, foreign].map((account) => ({
            Rules: [searches],
            Principal: [`arn:aws:iam::${account}:role/search`],
          })),
        ),
      }),
    ],
    finds: [{ resource: "search", witness: { account: foreign } }],
  },
  {
    title: "lets be what names nobody of another account",
    resources: [
      lake("default", "IAM_ALLOWED_PRINCIPALS"),
      ...["group", "user"].map((kind) =>
        lake(
          kind,
          `arn:aws:identitystore:::${kind}/93b4c8c2-1031-70c3-0c5e-1234567890ab`,
        ),
      ),
      snapshot("nightly", []),
      resource("aws:rds/snapshot:Snapshot", "kept"),
      resource("aws:ssm/document:Document", "steps", { content: "{}" }),
      image("image", { accountId: bastion }),
      resource("aws:s3control/accessGrant:AccessGrant", "person", {
        grantee: {
          granteeType: "DIRECTORY_USER",
          granteeIdentifier: "906ab12345-4f1c2d3e-5a6b-4c7d-8e9f-0a1b2c3d4e5f",
        },
      }),
    ],
  },
  {
    title: "asks for whom a service uses a certificate authority",
    resources: [authority("own", dev), authority("other", foreign)],
    finds: [{ resource: "other", witness: { caller: "service" } }],
  },
];

describe(`${rule}, of what is shared without a policy`, () => {
  testRows(rule, rows);
});
