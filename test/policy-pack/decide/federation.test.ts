import { strict as assert } from "node:assert";
import {
  federatedProviders,
  unpinnedToken,
} from "../../../policy-pack/decide/federation";
import { readWell } from "./reading";

const github =
  "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
const gitlab = "arn:aws:iam::222222222222:oidc-provider/gitlab.com";

const statement = (Effect: string, Federated: unknown, Condition = {}) => ({
  Effect,
  Principal: { Federated },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition,
});

const trust = (...statements: readonly object[]) =>
  readWell({ Version: "2012-10-17", Statement: statements }, "trust");

describe("the providers of a trust policy", () => {
  it("are those of its Allow statements, each once", () => {
    const document = trust(
      statement("Allow", [github, gitlab]),
      statement("Allow", github),
      statement("Deny", "cognito-identity.amazonaws.com"),
    );
    assert.deepEqual(federatedProviders(document), [github, gitlab]);
  });

  it("are none where nobody but accounts is trusted", () => {
    const document = trust({
      Effect: "Allow",
      Principal: { AWS: "111111111111" },
      Action: "sts:AssumeRole",
    });
    assert.deepEqual(federatedProviders(document), []);
  });
});

describe("a provider that is not pinned", () => {
  it("is told by its key, with a token that gets in", () => {
    const verdict = unpinnedToken(
      trust(
        statement("Allow", github, {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          },
          StringLike: {
            "token.actions.githubusercontent.com:sub": "repo:acme*/*",
          },
        }),
      ),
      github,
      [],
    );
    assert.equal(verdict.answer, "open");
    const key = "token.actions.githubusercontent.com:sub";
    assert.equal(verdict.key, key);
    assert.match(
      verdict.witness.values.get(key)?.[0] ?? "",
      /^repo:acme[^/]*\/.+:.+$/,
    );
  });

  it("is judged by its own statements alone", () => {
    const document = trust(
      statement("Allow", github),
      statement("Allow", gitlab, {
        StringEquals: {
          "gitlab.com:aud": "https://gitlab.com",
          "gitlab.com:sub": "project_path:acme/shop:ref_type:branch:ref:main",
        },
      }),
    );
    assert.equal(unpinnedToken(document, github, []).answer, "open");
    assert.equal(unpinnedToken(document, gitlab, []).answer, "closed");
  });
});
