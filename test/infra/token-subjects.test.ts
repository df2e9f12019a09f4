import assert from "node:assert/strict";
import { machineTrust } from "../../infra/documents/machine-trust";
import { expectedSubject } from "../../infra/documents/token-subjects";
import {
  foreignToken,
  unpinnedToken,
} from "../../policy-pack/decide/federation";
import { readDocument } from "../../policy-pack/decide/read";

const account = "222222222222";
const org = "5f3c0b7e-2a41-4c5e-9d0b-8a7f6e5d4c3b";
const project = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/** Of each issuer: the subjects of its tokens, and another tenant's. */
const issuers = [
  {
    issuer: "token.actions.githubusercontent.com",
    subjects: [
      "repo:acme/shop:environment:production",
      "repo:acme/shop:ref:refs/heads/main",
      "repo:acme@7/shop@42:ref:refs/tags/v1",
      "repo:acme/shop:pull_request",
    ],
  },
  {
    issuer: "token.actions.acme.ghe.com",
    subjects: ["repo:acme/shop:ref:refs/tags/v1"],
  },
  {
    issuer: "github.acme.example/_services/token",
    subjects: ["repo:acme/shop:ref:refs/heads/release/1"],
  },
  {
    issuer: "gitlab.com",
    subjects: [
      "project_path:acme/shop:ref_type:branch:ref:main",
      "project_path:acme/web/shop:ref_type:tag:ref:v1",
    ],
  },
  {
    issuer:
      "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
    subjects: [`{${org}}:{${project}}`, `{${org}}:{${project}}:{${org}}`],
  },
  {
    issuer: `oidc.circleci.com/org/${org}`,
    subjects: [`org/${org}/project/${project}/user/${org}`],
  },
  {
    issuer: "app.terraform.io",
    subjects: [
      "organization:acme:project:Default Project:workspace:prod:run_phase:apply",
      "organization:acme:project:shop:stack:shop:deployment:prod:operation:apply",
    ],
  },
  {
    issuer: "agent.buildkite.com",
    subjects: [
      "organization:acme:pipeline:shop:ref:refs/heads/main:commit:4e5f:step:x",
    ],
  },
  {
    issuer: "api.pulumi.com/oidc",
    subjects: [
      "pulumi:deploy:org:acme:project:shop:stack:prod:operation:update",
    ],
  },
  {
    issuer: "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD",
    subjects: ["system:serviceaccount:shop:uploader"],
  },
] as const;

const isPinned = (issuer: string, subject: string): boolean => {
  const trust = machineTrust("aws", account, {
    kind: "oidc",
    issuer,
    audience: "sts.amazonaws.com",
    subjects: [subject],
    existingProvider: false,
  });
  const reading = readDocument(trust, "trust");
  assert.ok(reading.kind === "document");
  const ours = [{ issuer, tenants: [], claims: { sub: [subject] } }];
  const arn = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
  return [unpinnedToken, foreignToken].every(
    (find) => find(reading.document, arn, ours).answer === "closed",
  );
};

describe("subjects of tokens", () => {
  for (const { issuer, subjects } of issuers) {
    it(`are taken in full: ${issuer}`, () => {
      for (const subject of subjects) {
        assert.equal(expectedSubject(issuer, subject), undefined, subject);
        assert.ok(isPinned(issuer, subject), subject);
      }
    });

    it(`are never open where the policy pack finds them open: ${issuer}`, () => {
      let [taken, refused] = [0, 0];
      for (const subject of subjects) {
        for (let length = 0; length <= subject.length; length += 1) {
          const pattern = `${subject.slice(0, length)}*`;
          if (expectedSubject(issuer, pattern) !== undefined) {
            refused += 1;
            continue;
          }
          taken += 1;
          assert.ok(isPinned(issuer, pattern), pattern);
        }
      }
      assert.ok(refused > 5);
      assert.ok(taken > 0);
    });
  }

  it("of an issuer that nobody publishes a format of stand in full, or in a format that people run themselves", () => {
    const issuer = "gitlab.acme.example";
    assert.equal(expectedSubject(issuer, "robot"), undefined);
    assert.notEqual(expectedSubject(issuer, "robot*"), undefined);
    const gitLab = issuers[3];
    const [main] = gitLab.subjects;
    assert.equal(expectedSubject(issuer, main.replace("main", "*")), undefined);
    assert.notEqual(expectedSubject(issuer, "project_path:acme/*"), undefined);
    // GitHub's is nobody's own.
    assert.notEqual(
      expectedSubject(issuer, "repo:acme/shop:environment:*"),
      undefined,
    );
  });
});
