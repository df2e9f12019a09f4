import assert from "node:assert/strict";
import { check } from "../../../sandbox/provider/check";
import { diff } from "../../../sandbox/provider/diff";
import { unknown } from "../../../sandbox/provider/wire-values";
import type { Naming } from "../../../sandbox/provider/naming";
import type { Properties } from "../../../sandbox/provider/properties";
import { resourceTypes } from "../../../sandbox/provider/types";

const document = '{"Version":"2012-10-17","Statement":[]}';

const typeOf = (token: string) => {
  const type = resourceTypes[`aws:iam/${token}`];
  assert.ok(type, token);
  return type;
};

const checked = (
  token: string,
  news: Properties,
  {
    olds = {},
    defaults = {},
    naming = { seed: new Uint8Array([1]), mode: "propose" },
    name = "thing",
  }: {
    readonly olds?: Properties;
    readonly defaults?: Readonly<Record<string, string>>;
    readonly naming?: Naming;
    readonly name?: string;
  } = {},
) =>
  check(
    typeOf(token),
    `urn:pulumi:dev::project::aws:iam/${token}::${name}`,
    olds,
    news,
    {
      tagRules: { defaults, ignored: (key) => key.startsWith("aws-") },
      naming,
    },
  );

const reasons = (token: string, news: Properties): readonly string[] =>
  checked(token, news).failures.map(({ reason }) => reason);

describe("inputs that are checked", () => {
  it("get the defaults of the real provider, and say which they were", () => {
    const { inputs, failures } = checked("user:User", { name: "ada" });
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs, {
      name: "ada",
      path: "/",
      forceDestroy: false,
      tagsAll: {},
      __defaults: ["forceDestroy", "path"],
    });
  });

  it("are kept as text where they are documents, and unknown with any part of them", () => {
    const trust = (account: string) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: account } }],
    });
    const kept = (assumeRolePolicy: unknown) =>
      checked("role:Role", { assumeRolePolicy }).inputs["assumeRolePolicy"];
    assert.equal(
      kept(trust("111111111111")),
      JSON.stringify(trust("111111111111")),
    );
    assert.equal(kept(document), document);
    assert.equal(kept(trust(unknown)), unknown);
  });

  it("get the provider's tags beside their own, which go first", () => {
    const { inputs } = checked(
      "user:User",
      { name: "ada", tags: { team: "core", "aws-x": "ignored" } },
      { defaults: { team: "none", "managed-by": "pulumi" } },
    );
    assert.deepEqual(inputs["tagsAll"], {
      team: "core",
      "managed-by": "pulumi",
    });
    const { inputs: waiting } = checked("user:User", {
      tags: { owner: unknown },
    });
    assert.equal(waiting["tagsAll"], unknown);
  });

  it("tell everything that is wrong at once", () => {
    assert.deepEqual(
      reasons("role:Role", {
        name: "n".repeat(65),
        path: "no-slash",
        maxSessionDuration: 900,
        permissionsBoundary: "Boundary",
      }),
      [
        '"name" must be at most 64 characters long, and has 65',
        '"path" must begin and end with a slash and be at most 512 characters long, and is "no-slash"',
        '"assumeRolePolicy" is required, and missing',
        '"maxSessionDuration" expected to be in the range (3600 - 43200), got 900',
        '"permissionsBoundary" is an invalid ARN: "Boundary"',
      ],
    );
  });

  it("are not judged while they are unknown", () => {
    assert.deepEqual(
      reasons("role:Role", {
        assumeRolePolicy: unknown,
        permissionsBoundary: unknown,
        managedPolicyArns: [unknown],
      }),
      [],
    );
  });

  it("are refused where a document is no JSON", () => {
    const [reason] = reasons("groupPolicy:GroupPolicy", {
      group: "all",
      policy: "{oops",
    });
    assert.match(reason ?? "", /^"policy" contains an invalid JSON policy: /);
  });

  it("are refused where a key would have to come from Keybase", () => {
    const [reason] = reasons("userLoginProfile:UserLoginProfile", {
      user: "ada",
      pgpKey: "keybase:ada",
    });
    assert.match(reason ?? "", /the sandbox does not reach Keybase/);
  });
});

describe("a name that the program leaves out", () => {
  it("is the same at preview and deployment, and stays", () => {
    const first = checked("role:Role", { assumeRolePolicy: document });
    const again = checked("role:Role", { assumeRolePolicy: document });
    assert.match(String(first.inputs["name"]), /^thing-[0-9a-f]{7}$/);
    assert.equal(again.inputs["name"], first.inputs["name"]);
    const later = checked(
      "role:Role",
      { assumeRolePolicy: document },
      {
        olds: first.inputs,
        naming: { seed: new Uint8Array([2]), mode: "propose" },
      },
    );
    assert.equal(later.inputs["name"], first.inputs["name"]);
  });

  it("is made up anew when the program had chosen one before", () => {
    const { inputs } = checked(
      "role:Role",
      { assumeRolePolicy: document },
      { olds: { name: "Chosen", __defaults: [] } },
    );
    assert.match(String(inputs["name"]), /^thing-/);
  });

  it("stays inside the limit of IAM", () => {
    const { inputs, failures } = checked(
      "user:User",
      {},
      { name: "x".repeat(80) },
    );
    assert.equal(String(inputs["name"]).length, 64);
    assert.deepEqual(failures, []);
  });

  it("is left to AWS when there is a prefix, and to the engine's configuration", () => {
    const { inputs } = checked("role:Role", {
      assumeRolePolicy: document,
      namePrefix: "team-",
    });
    assert.ok(!("name" in inputs));
    const { inputs: enforced } = checked(
      "user:User",
      {},
      {
        naming: {
          seed: new Uint8Array(),
          mode: "enforce",
          proposed: "exactly",
        },
      },
    );
    assert.equal(enforced["name"], "exactly");
  });
});

describe("a changed input", () => {
  /** Type, state and program of before, what changes, and what is replaced for it. */
  const changes: readonly (readonly [
    string,
    Properties,
    Properties,
    readonly string[],
  ])[] = [
    ["user:User", { name: "a" }, { name: "b" }, []],
    ["user:User", { name: "a", path: "/" }, { path: "/b/" }, []],
    ["group:Group", { name: "a" }, { name: "b" }, []],
    ["role:Role", { name: "a" }, { name: "b" }, ["name"]],
    ["role:Role", { path: "/" }, { path: "/b/" }, ["path"]],
    ["role:Role", { description: "a" }, { description: "b" }, []],
    [
      "policy:Policy",
      { description: "a" },
      { description: "b" },
      ["description"],
    ],
    ["rolePolicy:RolePolicy", { role: "a" }, { role: "b" }, ["role"]],
    [
      "groupMembership:GroupMembership",
      { group: "a" },
      { group: "b" },
      ["group"],
    ],
    ["groupMembership:GroupMembership", { users: ["a"] }, { users: ["b"] }, []],
    [
      "rolePolicyAttachment:RolePolicyAttachment",
      { policyArn: "a" },
      { policyArn: "b" },
      ["policyArn"],
    ],
    [
      "userLoginProfile:UserLoginProfile",
      { passwordLength: 20 },
      { passwordLength: 24 },
      ["passwordLength"],
    ],
    [
      "userLoginProfile:UserLoginProfile",
      { passwordResetRequired: true },
      { passwordResetRequired: false },
      ["passwordResetRequired"],
    ],
    ["accessKey:AccessKey", { status: "Active" }, { status: "Inactive" }, []],
    [
      "accountAlias:AccountAlias",
      { accountAlias: "a" },
      { accountAlias: "b" },
      ["accountAlias"],
    ],
  ];
  for (const [token, before, change, replaced] of changes) {
    const [name = ""] = Object.keys(change);
    it(`${name} of ${token} ${replaced.length > 0 ? "takes a new resource" : "is made in place"}`, () => {
      const news = { ...before, ...change };
      const { changed, replaces } = diff(typeOf(token), before, before, news);
      assert.deepEqual(changed, [name]);
      assert.deepEqual(replaces, replaced);
    });
  }

  it("is none where documents, sets or tags only look different", () => {
    const before = {
      name: "a",
      assumeRolePolicy: document,
      managedPolicyArns: ["x", "y"],
      tagsAll: {},
    };
    const news = {
      ...before,
      assumeRolePolicy: '{"Statement": [], "Version": "2012-10-17"}',
      managedPolicyArns: ["y", "x"],
      tags: {},
    };
    assert.deepEqual(
      diff(typeOf("role:Role"), before, before, news).changed,
      [],
    );
  });

  it("is one where the program takes something away, unless AWS then keeps it", () => {
    const role = { name: "a", description: "b", managedPolicyArns: ["x"] };
    assert.deepEqual(
      diff(typeOf("role:Role"), role, role, { name: "a" }).changed,
      ["description"],
    );
  });

  it("is one where it is not known yet", () => {
    const before = { user: "a", policyArn: "x" };
    const { replaces } = diff(
      typeOf("userPolicyAttachment:UserPolicyAttachment"),
      before,
      before,
      { ...before, policyArn: unknown },
    );
    assert.deepEqual(replaces, ["policyArn"]);
  });
});

describe("a replacement", () => {
  const replacement = (token: string, before: Properties, news: Properties) =>
    diff(typeOf(token), before, before, news).deleteBeforeReplace;

  it("deletes first where the program chose the name", () => {
    assert.ok(
      replacement(
        "role:Role",
        { name: "a", path: "/" },
        { name: "a", path: "/b/", __defaults: [] },
      ),
    );
  });

  it("creates first where the name was made up", () => {
    assert.ok(
      !replacement(
        "role:Role",
        { name: "a-1234567", path: "/" },
        { name: "a-1234567", path: "/b/", __defaults: ["name"] },
      ),
    );
  });

  it("deletes an attachment first", () => {
    assert.ok(
      replacement(
        "groupPolicyAttachment:GroupPolicyAttachment",
        { group: "a", policyArn: "x" },
        { group: "a", policyArn: "y", __defaults: [] },
      ),
    );
  });
});
