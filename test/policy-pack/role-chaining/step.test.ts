import { strict as assert } from "node:assert";
import { gatherIdentities } from "../../../policy-pack/identities/gather";
import { organisationFrom } from "../../../policy-pack/organisation/config";
import { inferAccounts } from "../../../policy-pack/role-chaining/infer-account";
import { powerRole } from "../../../policy-pack/role-chaining/people-roles";
import {
  stackRole,
  type RoleNode,
  type StackRole,
} from "../../../policy-pack/role-chaining/role-node";
import { mayStep } from "../../../policy-pack/role-chaining/step";
import { type Declared } from "../pack";
import { readResources } from "../read-resources";
import {
  allow,
  deny,
  dev,
  foreign,
  json,
  mfa,
  prod,
  root,
  trusts,
  type Statement,
} from "../rules/documents";
import { role } from "../rules/resources";

const organisation = organisationFrom({});

function nodeOf(one: Declared): StackRole {
  const { roles } = gatherIdentities(readResources(one));
  const [node] = inferAccounts(roles, []).flatMap((identity) =>
    stackRole(identity, organisation),
  );
  assert.ok(node);
  return node;
}

/** In the account of `Strong`, unless `more` says otherwise. */
const middle = (
  statements: readonly Statement[],
  inputs: object = {},
  more: Partial<Declared> = {},
): StackRole =>
  nodeOf({
    ...role("Middle", {
      inlinePolicies:
        statements.length === 0
          ? []
          : [{ name: "p", policy: json(...statements) }],
      ...inputs,
    }),
    ...more,
  });
const strong = (...trust: readonly Statement[]): StackRole =>
  nodeOf(role("Strong", { assumeRolePolicy: json(...trust) }));

const answer = (from: RoleNode, ...trust: readonly Statement[]) =>
  mayStep(from, strong(...trust)).answer;

const assumes = allow("sts:AssumeRole");
const assumesOthers = allow(
  "sts:AssumeRole",
  `arn:aws:iam::${dev}:role/Another`,
);
const named = (account = dev, path = "/") =>
  trusts({ AWS: `arn:aws:iam::${account}:role${path}Middle` });
const session = (of: string) =>
  trusts({ AWS: `arn:aws:sts::${dev}:assumed-role/${of}/work` });
const ofDev = trusts({ AWS: root(dev) });
const anyone = trusts({ AWS: "*" });
const anyoneCalled = (name: string) => ({
  ...anyone,
  Condition: {
    ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${dev}:role/${name}` },
  },
});
const middleOfAnyone = anyoneCalled("Middle");
const anotherOfAnyone = anyoneCalled("Another");

describe("a session of a role that takes another role", () => {
  it("needs a permission, where the other trusts the account", () => {
    assert.equal(answer(middle([assumes]), ofDev), "open");
    assert.equal(answer(middle([]), ofDev), "closed");
    assert.equal(answer(middle([assumesOthers]), ofDev), "closed");
  });

  it("needs none where the other names it, in the same account", () => {
    assert.equal(answer(middle([]), named()), "open");
    assert.equal(
      answer(middle([]), trusts({ AWS: `arn:aws:iam::${dev}:role/Another` })),
      "closed",
    );
  });

  it("needs one in another account, though the other names it", () => {
    const there = { provider: prod };
    assert.equal(answer(middle([assumes], {}, there), named(prod)), "open");
    assert.equal(answer(middle([], {}, there), named(prod)), "closed");
    assert.equal(answer(middle([assumes], {}, there), ofDev), "closed");
  });

  it("may be one session of it alone that the other names", () => {
    const { answer: open, ...verdict } = mayStep(
      middle([]),
      strong(session("Middle")),
    );
    assert.equal(open, "open");
    assert.ok("witness" in verdict);
    assert.deepEqual(verdict.witness.values.get("aws:principalarn"), [
      `arn:aws:iam::${dev}:role/Middle`,
    ]);
    assert.equal(answer(middle([assumes]), session("Another")), "closed");
  });

  it("is known by the role's name, which a session has without the role's path", () => {
    const below = middle([], { path: "/teams/" });
    assert.equal(answer(below, session("Middle")), "open");
    assert.equal(answer(below, named(dev, "/teams/")), "open");
    assert.equal(answer(below, named()), "closed");
  });

  it("is closed by a Deny of the other's", () => {
    const none = { ...ofDev, Effect: "Deny" };
    assert.equal(answer(middle([assumes]), ofDev, none), "closed");
    assert.equal(answer(middle([assumes]), named(), none), "closed");
  });

  it("is closed by a Deny of its own, however the other lets it in", () => {
    const denied = middle([assumes, deny("sts:*")]);
    for (const trust of [ofDev, named(), session("Middle"), anyone]) {
      assert.equal(answer(denied, trust), "closed");
    }
    const ofAnother = deny(
      "sts:AssumeRole",
      `arn:aws:iam::${dev}:role/Another`,
    );
    assert.equal(answer(middle([ofAnother]), named()), "open");
  });

  it("is limited by a boundary, unless the other lets in the session, or everyone", () => {
    const bounded = middle([assumes], {
      permissionsBoundary: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    });
    for (const trust of [ofDev, named()]) {
      assert.equal(answer(bounded, trust), "closed");
    }
    for (const trust of [session("Middle"), anyone, middleOfAnyone]) {
      assert.equal(answer(bounded, trust), "open");
    }
    const within = middle([], {
      permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
    });
    assert.equal(answer(within, named()), "open");
  });

  it("needs no permission where the other lets everyone of its account in", () => {
    assert.equal(answer(middle([]), anyone), "open");
    assert.equal(answer(middle([]), middleOfAnyone), "open");
    assert.equal(answer(middle([]), anotherOfAnyone), "closed");
    assert.equal(answer(middle([], {}, { provider: prod }), anyone), "closed");
    const hidden = { provider: { region: "eu-central-1" } };
    const to = nodeOf({
      ...role("Strong", { assumeRolePolicy: json(anyone) }),
      ...hidden,
    });
    assert.equal(mayStep(middle([], {}, hidden), to).answer, "open");
  });

  it("carries no MFA", () => {
    const withMfa = { ...ofDev, Condition: mfa };
    assert.equal(answer(middle([assumes]), withMfa), "closed");
  });

  it("is undecided where the other's trust is", () => {
    const unheardOf = { ...ofDev, Condition: { Sounds: { "aws:x": "y" } } };
    assert.equal(answer(middle([assumes]), unheardOf), "undecided");
    assert.equal(answer(middle([]), unheardOf), "closed");
    const naming = { ...named(), Condition: unheardOf.Condition };
    assert.equal(answer(middle([]), naming), "undecided");
  });
});

describe("a session of a role that people hold in every account", () => {
  it("takes each role that trusts its account, whatever stack builds it", () => {
    const powerUser = powerRole("PowerUser", {
      account: dev,
      home: dev,
      partition: "aws",
    });
    assert.equal(answer(powerUser, ofDev), "open");
    assert.equal(answer(powerUser, trusts({ AWS: root(foreign) })), "closed");
    assert.equal(answer(powerUser, { ...ofDev, Condition: mfa }), "closed");
  });
});
