import assert from "node:assert/strict";
import { allow, bastionId, devId } from "./account";
import {
  anywhere,
  atHome,
  atVendor,
  deny,
  erin,
  holding,
  iam,
  inDev,
  losing,
  vendorId,
  waitsFor,
  when,
  type Statements,
} from "./erin";

const tableIn = (id: string): string =>
  `arn:aws:dynamodb:us-east-1:${id}:table/orders`;

describe("what a user would lose", () => {
  const lost: readonly (readonly [
    what: string,
    team: "readers" | "operations",
    old: Statements,
    lost: readonly string[],
  ])[] = [
    // Readers get ReadOnly in dev: dynamodb:Get*, s3:Get*, s3:List*, sqs:List*.
    [
      "of a whole service all that the role does not do, though it does some",
      "readers",
      [allow("s3:*")],
      ["s3:AbortMultipartUpload"].flatMap((one) => [
        `${one} ${atHome}`,
        `${one} ${inDev}`,
      ]),
    ],
    [
      "a service that the role does not know",
      "readers",
      [allow("kms:*")],
      ["kms:CancelKeyDeletion"].flatMap((one) => [
        `${one} ${atHome}`,
        `${one} ${inDev}`,
      ]),
    ],
    [
      "what a pattern means beside what the role does, whatever its case",
      "readers",
      [allow(["S3:GetObject", "s3:?utObject"], "arn:aws:s3:::*/*")],
      [
        `s3:GetObject on arn:aws:s3:::*/* ${atHome}`,
        `s3:PutObject on arn:aws:s3:::*/* ${inDev}`,
      ],
    ],
    [
      "every action on one resource",
      "readers",
      [allow("*", tableIn(devId))],
      [`dynamodb:AssociateTableReplica on ${tableIn(devId)} ${inDev}`],
    ],
    [
      "all but some actions",
      "readers",
      [
        {
          Effect: "Allow",
          NotAction: ["iam:*", "sts:*", "s3:*", "kms:*"],
          Resource: `arn:aws:ec2:*:${bastionId}:instance/*`,
        },
        {
          Effect: "Allow",
          NotAction: ["iam:*", "s3:*"],
          Resource: `arn:aws:ec2:*:${devId}:instance/*`,
        },
      ],
      [
        `ec2:AcceptAddressTransfer on arn:aws:ec2:*:${bastionId}:instance/* ${atHome}`,
        `ec2:AcceptAddressTransfer on arn:aws:ec2:*:${devId}:instance/* ${inDev}`,
      ],
    ],
    [
      "what is in the bastion itself, however strong the roles are elsewhere",
      "operations",
      [allow("dynamodb:GetItem", tableIn(bastionId))],
      [`dynamodb:GetItem on ${tableIn(bastionId)} ${atHome}`],
    ],
    [
      "a bucket that may be in the bastion: no ARN says so",
      "operations",
      [allow("s3:GetObject", "arn:aws:s3:::ours/*")],
      [`s3:GetObject on arn:aws:s3:::ours/* ${atHome}`],
    ],
    [
      "what is in an account without a role for the user",
      "operations",
      [allow("dynamodb:GetItem", tableIn(vendorId))],
      [`dynamodb:GetItem on ${tableIn(vendorId)} ${atVendor}`],
    ],
    [
      "a role of another's, by name, by a pattern, and whichever",
      "operations",
      [allow("sts:AssumeRole", `arn:aws:iam::${vendorId}:role/partner`)],
      [`sts:AssumeRole on arn:aws:iam::${vendorId}:role/partner ${atVendor}`],
    ],
    [
      "the roles of another's",
      "operations",
      [allow("sts:*", `arn:aws:iam::${vendorId}:role/*`)],
      [`sts:AssumeRole on arn:aws:iam::${vendorId}:role/* ${atVendor}`],
    ],
    [
      "roles that nobody knows",
      "operations",
      [allow("sts:AssumeRole")],
      [`sts:AssumeRole ${anywhere}`],
    ],
    [
      "tokens, which no session of a role may ask for",
      "operations",
      [allow("sts:GetFederationToken")],
      [`sts:GetFederationToken ${atHome}`],
    ],
    [
      "a role that may be handed on",
      "operations",
      [allow("iam:PassRole", `${iam}:role/app`)],
      [`iam:PassRole on ${iam}:role/app ${atHome}`],
    ],
    [
      "roles that may be changed",
      "operations",
      [allow("iam:*", `${iam}:role/app/*`)],
      [`iam:AttachRolePolicy on ${iam}:role/app/* ${atHome}`],
    ],
    [
      "users that may be made",
      "operations",
      [allow("iam:CreateUser", `${iam}:user/ext/*`)],
      [`iam:CreateUser on ${iam}:user/ext/* ${atHome}`],
    ],
    [
      "a service that AWS is not known to have",
      "readers",
      [allow("new-service:*", `arn:aws:new-service:*:${devId}:*`)],
      [
        `any action of new-service:*, of which AWS is not known to have one ${inDev}`,
      ],
    ],
    [
      "the keys of somebody else",
      "operations",
      [allow("iam:CreateAccessKey", `${iam}:user/ada`)],
      [`iam:CreateAccessKey on ${iam}:user/ada ${atHome}`],
    ],
    [
      "what is allowed from one network",
      "readers",
      [
        when(allow("sqs:*", `arn:aws:sqs:*:${devId}:*`), {
          IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
        }),
      ],
      [`sqs:AddPermission on arn:aws:sqs:*:${devId}:* ${inDev}`],
    ],
    [
      "what is allowed until some day to come, or from one on",
      "operations",
      [
        when(allow("sqs:SendMessage"), {
          DateGreaterThan: { "aws:CurrentTime": "2031-01-01T00:00:00Z" },
        }),
      ],
      [`sqs:SendMessage ${atHome}`],
    ],
  ];
  for (const [what, team, old, requests] of lost) {
    it(`is ${what}`, () => {
      assert.equal(waitsFor(erin(team, holding(...old))), losing(...requests));
    });
  }

  const kept: readonly (readonly [
    what: string,
    team: "readers" | "operations",
    old: Statements,
  ])[] = [
    [
      "what a role allows where it is",
      "readers",
      [allow("dynamodb:GetItem", tableIn(devId))],
    ],
    [
      "buckets of an account with a role that reads them",
      "readers",
      [
        when(allow("s3:Get*"), {
          StringEquals: { "aws:ResourceAccount": devId },
        }),
      ],
    ],
    [
      "a role that the team may take",
      "operations",
      [allow("sts:AssumeRole", `arn:aws:iam::${devId}:role/OpsSudo`)],
    ],
    [
      "the own password, keys and device",
      "readers",
      [
        allow(
          ["iam:ChangePassword", "iam:*AccessKey", "iam:EnableMFADevice"],
          `${iam}:user/\${aws:username}`,
        ),
        allow("iam:CreateAccessKey", `${iam}:user/erin`),
        allow("iam:CreateVirtualMFADevice", `${iam}:mfa/*`),
      ],
    ],
    [
      "what everybody may call",
      "readers",
      [
        allow([
          "sts:AssumeRoleWithSAML",
          "sts:GetCallerIdentity",
          "sts:GetSessionToken",
        ]),
      ],
    ],
    [
      "what has ended, by either clock",
      "readers",
      [
        when(allow("*"), {
          DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" },
        }),
        when(allow("*"), {
          NumericLessThan: { "aws:EpochTime": "1577836800" },
        }),
      ],
    ],
    [
      "what another old policy denies",
      "readers",
      [allow("ec2:*"), deny("ec2:*")],
    ],
    [
      "the same within the network that it is allowed from",
      "operations",
      [
        when(allow("sqs:*", `arn:aws:sqs:*:${devId}:*`), {
          IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
        }),
      ],
    ],
  ];
  for (const [what, team, old] of kept) {
    it(`is not ${what}`, () => {
      assert.equal(waitsFor(erin(team, holding(...old))), "");
    });
  }

  describe("once the bastion's own part is accepted, for everybody", () => {
    const accepted = (team: "readers" | "operations", ...old: Statements) =>
      waitsFor({
        ...erin(team, holding(...old)),
        acceptLessHere: true,
      });

    it("is nothing that stands in the bastion, or where nobody named it", () => {
      assert.equal(
        accepted("operations", allow("dynamodb:GetItem", tableIn(bastionId))),
        "",
      );
      assert.equal(accepted("operations", allow("sts:AssumeRole")), "");
    });

    it("is still what the roles elsewhere do not allow", () => {
      assert.equal(
        accepted("readers", allow("s3:*")),
        losing(`s3:AbortMultipartUpload ${inDev}`),
      );
      assert.equal(
        accepted("operations", allow("dynamodb:GetItem", tableIn(vendorId))),
        losing(`dynamodb:GetItem on ${tableIn(vendorId)} ${atVendor}`),
      );
    });
  });
});
