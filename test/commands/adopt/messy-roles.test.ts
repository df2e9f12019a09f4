import assert from "node:assert/strict";
import {
  account,
  allow,
  bastionId,
  daysAgo,
  inline,
  ofService,
  role,
  root,
  several,
  statement,
  takes,
  trusting,
  user,
} from "./account";
import { planned } from "./planned";
import { administrator, taker } from "./situation";

const iam = `arn:aws:iam::${bastionId}`;
const vendorId = "999999999999";
const toolsId = "333333333333";

describe("roles of a messy account, when it is taken over", () => {
  it("keeps a role for a service that lets people in beside it", () => {
    const { goes, stays } = planned({
      users: [taker("ada")],
      roles: [
        role(
          "reports",
          several(statement(root), statement(ofService("lambda"))),
        ),
      ],
    });
    assert.deepEqual(goes, ["user ada: inline policy takes"]);
    assert.deepEqual(stays, [
      "role reports: it may be taken by the service lambda.amazonaws.com",
    ]);
  });

  it("keeps a role that an instance's role goes on to take, by its policy or by name", () => {
    const app = role("app", trusting(ofService("ec2")), {
      inlinePolicies: [
        inline("goes-on", allow("sts:AssumeRole", `${iam}:role/backup`)),
      ],
    });
    const { stays } = planned({
      roles: [
        app,
        role("backup", trusting(root)),
        role("named", trusting({ AWS: [`${iam}:root`, app.arn] })),
      ],
    });
    assert.deepEqual(stays, [
      `role backup: it may be taken by the role app`,
      `role named: it may be taken by the role app`,
    ]);
  });

  it("keeps a role that another's trust policy names, unless that one goes as well", () => {
    const chain = role("chain", trusting(root));
    const inDev = (trust: object) =>
      account({
        accountId: toolsId,
        roles: [role("trusts-chain", trust, {}, toolsId)],
      });
    const named = planned({
      roles: [chain],
      workloads: [inDev(trusting({ AWS: chain.arn }))],
    });
    assert.deepEqual(named.goes, []);
    assert.deepEqual(named.stays, [
      `role chain: the trust policy of arn:aws:iam::${toolsId}:role/trusts-chain names it`,
    ]);
    const inCondition = trusting(root, {
      ArnEquals: { "aws:PrincipalArn": chain.arn },
    });
    assert.equal(
      planned({ roles: [chain], workloads: [inDev(inCondition)] }).stays.length,
      1,
    );
    const another = trusting({ AWS: `${chain.arn}-2` });
    assert.deepEqual(
      planned({ roles: [chain], workloads: [inDev(another)] }).goes,
      ["role chain"],
    );
    const next = role(
      "next",
      several(statement(root), statement({ AWS: chain.arn })),
    );
    assert.deepEqual(planned({ roles: [chain, next] }).goes, [
      "role chain",
      "role next",
    ]);
  });

  it("keeps a vendor's role, with its external id", () => {
    const { stays } = planned({
      roles: [
        role(
          "monitoring",
          several(
            statement(root),
            statement(
              { AWS: `arn:aws:iam::${vendorId}:root` },
              { Condition: { StringEquals: { "sts:ExternalId": "acme-7" } } },
            ),
          ),
        ),
      ],
    });
    assert.deepEqual(stays, [
      `role monitoring: it may be taken by the account ${vendorId}; its trust policy asks for an external id, as a vendor's does`,
    ]);
  });

  it("keeps a role that another account's CI takes, whether that account is read or not", () => {
    const ci = `arn:aws:iam::${toolsId}:role/ci`;
    const roles = [
      role("deploy", several(statement(root), statement({ AWS: ci }))),
    ];
    const tools = (statements: readonly object[]) =>
      account({
        accountId: toolsId,
        roles: [
          role(
            "ci",
            trusting(ofService("codebuild")),
            { inlinePolicies: [inline("out", ...statements)] },
            toolsId,
          ),
        ],
      });
    assert.deepEqual(planned({ roles }).stays, [
      `role deploy: it may be taken by ${ci}`,
    ]);
    const mayAsk = tools([allow("sts:AssumeRole")]);
    assert.deepEqual(planned({ roles, workloads: [mayAsk] }).stays, [
      `role deploy: it may be taken by the role ${ci}`,
    ]);
    const mayNot = tools([allow("s3:GetObject")]);
    const free = planned({ roles, workloads: [mayNot] });
    assert.deepEqual([free.goes, free.stays], [["role deploy"], []]);
  });

  it("keeps roles for SAML and OIDC that let people in beside it, and never looks at others", () => {
    const saml = `${iam}:saml-provider/okta`;
    const oidc = `${iam}:oidc-provider/token.actions.githubusercontent.com`;
    const bySaml = statement(
      { Federated: saml },
      { Action: "sts:AssumeRoleWithSAML" },
    );
    const byToken = statement(
      { Federated: oidc },
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:sub":
              "repo:acme/app:ref:refs/heads/main",
          },
        },
      },
    );
    const { goes, stays } = planned({
      roles: [
        role("people-by-saml", several(bySaml)),
        role("pipeline-by-oidc", several(byToken)),
        role("saml-and-root", several(bySaml, statement(root))),
        role("oidc-and-root", several(byToken, statement(root))),
      ],
    });
    assert.deepEqual(goes, []);
    assert.deepEqual(stays, [
      `role saml-and-root: it may be taken by whoever has a token of ${saml}`,
      `role oidc-and-root: it may be taken by whoever has a token of ${oidc}`,
    ]);
  });

  it("leaves Identity Center's roles alone, and keeps what they may take", () => {
    const reserved = role(
      "AWSReservedSSO_AdministratorAccess_0123456789abcdef",
      several(
        statement(
          {
            Federated: `${iam}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE`,
          },
          { Action: ["sts:AssumeRoleWithSAML", "sts:TagSession"] },
        ),
      ),
      {
        path: "/aws-reserved/sso.amazonaws.com/",
        arn: `${iam}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123456789abcdef`,
        ...administrator,
      },
    );
    const { goes, stays } = planned({
      roles: [reserved, role("Legacy", trusting(root))],
    });
    assert.deepEqual(goes, []);
    assert.deepEqual(stays, [
      `role Legacy: it may be taken by the role ${reserved.name}`,
    ]);
  });

  it("lets roles that take each other go together, and not where a service comes behind one", () => {
    const pair = (trustOfOne: object) => [
      role("one", trustOfOne, { inlinePolicies: [takes] }),
      role("two", trusting(root), { inlinePolicies: [takes] }),
    ];
    const together = planned({ roles: pair(trusting(root)) });
    assert.deepEqual(together.goes, ["role one", "role two"]);
    const held = planned({
      roles: pair(several(statement(root), statement(ofService("ec2")))),
    });
    assert.deepEqual(held.goes, []);
    assert.deepEqual(held.stays, [
      "role one: it may be taken by the role two; the service ec2.amazonaws.com",
      "role two: it may be taken by the role one",
    ]);
  });

  it("waits with a role for those who come into it through another", () => {
    const eve = user("eve", {
      inlinePolicies: [
        inline("first", allow("sts:AssumeRole", `${iam}:role/first`)),
      ],
    });
    const { waits } = planned({
      users: [eve],
      roles: [
        role("first", trusting(root), { inlinePolicies: [takes] }),
        role(
          "second",
          trusting({ AWS: [`${iam}:role/first`, `${iam}:user/gone`] }),
        ),
      ],
    });
    assert.ok(
      waits.includes("role second: eve is not in the deployed stack yet"),
    );
  });

  it("keeps a role that was used of late, by whomever, and counts as many days as it is told", () => {
    const roles = [
      role("daily", trusting(root), { lastUsedAt: daysAgo(3) }),
      role("yearly", trusting(root), { lastUsedAt: daysAgo(300) }),
      role("never", trusting(root)),
    ];
    const { goes, stays } = planned({ roles });
    assert.deepEqual(goes, ["role yearly", "role never"]);
    assert.deepEqual(stays, [
      "role daily: it was used on 2026-05-29, less than 100 days ago (--used-within): CloudTrail's AssumeRole events tell by whom",
    ]);
    const all = planned({ roles, usedWithinDays: 0 });
    assert.equal(all.goes.length, 3);
    const most = planned({ roles, usedWithinDays: 400 });
    assert.deepEqual(most.goes, ["role never"]);
  });

  it("keeps a role whose trust policy nobody can read, or that names somebody by an id alone", () => {
    const odd = { ...role("odd", {}), trust: "{" };
    const deleted = role(
      "deleted",
      trusting({ AWS: [`${iam}:root`, "AIDAEXAMPLEEXAMPLE234"] }),
    );
    const { goes, stays } = planned({ roles: [odd, deleted] });
    assert.deepEqual(goes, []);
    assert.match(stays[0] ?? "", /^role odd: who gets in could not be decided/);
    assert.match(stays[1] ?? "", /whoever is behind AIDAEXAMPLEEXAMPLE234/);
  });

  it("lets a role go that nobody but the pipeline and the deployment may take", () => {
    const pipeline = role("pipeline-deployment", several(), administrator);
    const { goes } = planned({
      roles: [pipeline, role("Legacy", trusting(root))],
    });
    assert.deepEqual(goes, ["role Legacy"]);
  });
});
