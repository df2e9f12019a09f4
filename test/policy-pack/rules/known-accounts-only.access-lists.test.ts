import { foreign, json, root, trusts } from "./documents";
import { anyAccount, anyone } from "./found";
import { resource } from "./resources";
import { testRows, type Row } from "./rows";
import { unknownText } from "../pack";

const rule = "known-accounts-only";

const canonical =
  "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
const cloudFront =
  "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";
const group = (name: string) => ({
  type: "Group",
  uri: `http://acs.amazonaws.com/groups/${name}`,
});
const user = (id: string) => ({ type: "CanonicalUser", id });

/** What a resource is given, in each form in which a type may hold a grant. */
const forms: readonly (readonly [
  string,
  (grantee: object) => Record<string, unknown>,
])[] = [
  [
    "aws:s3/bucketAcl:BucketAcl",
    (grantee) => ({
      accessControlPolicy: {
        grants: [{ grantee, permission: "READ" }],
        owner: { id: canonical.replace("7", "0") },
      },
    }),
  ],
  ...["bucket:Bucket", "objectCopy:ObjectCopy"].map(
    (type) =>
      [
        `aws:s3/${type}`,
        (grantee: object) => ({
          grants: [{ ...grantee, permissions: ["READ"] }],
        }),
      ] as const,
  ),
  [
    "aws:s3/bucketLogging:BucketLogging",
    (grantee) => ({ targetGrants: [{ grantee, permission: "READ" }] }),
  ],
];

/** Fields that open what the resource has by a word. */
const words = [
  ...["nfsFileShare:NfsFileShare", "smbFileShare:SmbFileShare"].map(
    (type) =>
      [
        `aws:storagegateway/${type}`,
        "objectAcl",
        "public-read",
        anyone,
      ] as const,
  ),
  [
    "aws:codebuild/project:Project",
    "projectVisibility",
    "PUBLIC_READ",
    { account: anyAccount },
  ],
  [
    "aws-native:codebuild:Project",
    "visibility",
    "PUBLIC_READ",
    { account: anyAccount },
  ],
] as const;

const rows: readonly Row[] = [
  {
    title: "finds lists that are open to everybody by their name",
    resources: [
      resource("aws:s3/bucketAcl:BucketAcl", "list", { acl: "public-read" }),
      resource("aws:s3/bucketObjectv2:BucketObjectv2", "object", {
        acl: "authenticated-read",
      }),
      resource("aws-native:s3:Bucket", "native", {
        accessControl: "PublicReadWrite",
      }),
      resource("aws:s3/bucketAcl:BucketAcl", "own", { acl: "private" }),
      resource("aws:s3/bucket:Bucket", "plain", { bucket: "notes" }),
      resource("aws:s3/bucket:Bucket", "policy", {
        acl: "private",
        policy: json(
          trusts({ AWS: root(foreign) }, { Action: "s3:*", Resource: "*" }),
        ),
      }),
    ],
    finds: [
      { resource: "list", field: "acl", witness: { caller: "anonymous" } },
      { resource: "object", field: "acl", witness: { account: anyAccount } },
      { resource: "native", field: "accessControl" },
      { resource: "policy", field: "policy", witness: { account: foreign } },
    ],
  },
  ...words.flatMap(([type, field, value, witness]): readonly Row[] => [
    {
      title: `finds ${value} in ${field} of ${type}`,
      resources: [resource(type, "open", { [field]: value })],
      finds: [{ resource: "open", field, witness }],
    },
    {
      title: `is silent on private in ${field} of ${type}`,
      resources: [resource(type, "closed", { [field]: "PRIVATE" })],
    },
  ]),
  {
    title: "finds what rules of AWS IoT write for everybody",
    resources: ["public-read", "private"].map((cannedAcl) =>
      resource("aws:iot/topicRule:TopicRule", cannedAcl, {
        s3: [{ bucketName: "notes", cannedAcl }],
      }),
    ),
    finds: [{ resource: "public-read", field: "s3.cannedAcl" }],
  },
  ...forms.flatMap(([type, given]): readonly Row[] => [
    {
      title: `finds a grant to everybody in ${type}`,
      resources: [
        resource(type, "anyone", given(group("global/AllUsers"))),
        resource(type, "signed-in", given(group("global/AuthenticatedUsers"))),
      ],
      finds: [
        { resource: "anyone", witness: anyone },
        { resource: "signed-in", witness: { account: anyAccount } },
      ],
    },
    {
      title: `can't tell whom an id or an address is of in ${type}`,
      resources: [
        resource(type, "id", given(user(canonical))),
        resource(
          type,
          "address",
          given({
            type: "AmazonCustomerByEmail",
            emailAddress: "ada@example.org",
          }),
        ),
      ],
      finds: [
        { resource: "id", kind: "undecided", unread: [canonical] },
        { resource: "address", kind: "undecided", unread: ["ada@example.org"] },
      ],
    },
    {
      title: `knows who delivers logs in ${type}`,
      resources: [
        resource(type, "S3", given(group("s3/LogDelivery"))),
        resource(type, "CloudFront", given(user(cloudFront))),
      ],
    },
    {
      title: `leaves to the update whose a grant is in ${type}`,
      resources: [resource(type, "later", given(user(unknownText)))],
      finds: [{ resource: "later", kind: "unknown" }],
    },
  ]),
  {
    title: "lets an owner have its own, and no other user",
    resources: ["own", "other"].map((name) =>
      resource("aws:s3/bucketAcl:BucketAcl", name, {
        accessControlPolicy: {
          grants: [
            { grantee: user(canonical), permission: "FULL_CONTROL" },
            ...(name === "own"
              ? []
              : [{ grantee: user(`0${canonical}`), permission: "READ" }]),
          ],
          owner: { id: canonical },
        },
      }),
    ),
    finds: [
      { resource: "other", kind: "undecided", unread: [`0${canonical}`] },
    ],
  },
];

describe(`${rule}, of access lists`, () => {
  testRows(rule, rows);
});
