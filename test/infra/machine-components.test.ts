import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { buildWorkload } from "../../infra/stacks";
import { workloadConfig } from "./config-of";
import { branchJob, scanner } from "./machine-role-yaml";

interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const registered: Registration[] = [];

const roles = (vendor: string): string => `
accounts: { dev: { id: "222222222222" } }
roles:${scanner(vendor)}${branchJob("Builder")}
`;

describe("a workload account with roles for machines and vendors", () => {
  before(async () => {
    await runtime.setMocks({
      newResource: ({ type, name, inputs, id }) => {
        const given = inputs as Record<string, unknown>;
        registered.push({ type, name, inputs: given });
        const state =
          type === "pulumi:pulumi:StackReference"
            ? { ...given, outputs: { accountId: "111111111111" } }
            : { ...given, arn: `arn:of:${name}` };
        return { id: id ?? `${name}-id`, state };
      },
      call: () => ({}),
    });
  });

  beforeEach(() => {
    registered.length = 0;
  });

  const workload = async (yaml: string) => {
    const outputs = await buildWorkload(workloadConfig(yaml));
    await runtime.disconnect();
    return outputs;
  };
  const ofType = (type: string) =>
    registered.filter((one) => one.type === type);

  it("makes one identity provider for its tokens, and the roles with what denies them more", async () => {
    await workload(
      `bastionAccountId: "111111111111"\n${roles("999999999999")}`,
    );
    const providers = ofType(
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    );
    assert.deepEqual(
      providers.map(({ name, inputs }) => ({ name, ...inputs })),
      [
        {
          name: "dev/gitlab.com",
          url: "https://gitlab.com",
          clientIdLists: ["https://gitlab.com"],
        },
      ],
    );
    const policies = ofType("aws:iam/rolePolicy:RolePolicy").map(
      ({ name }) => name,
    );
    for (const role of ["Scanner", "Builder"]) {
      assert.ok(policies.includes(`dev-${role}-deny-account-writes`), role);
      assert.ok(policies.includes(`dev-${role}-account-guard`), role);
    }
  });

  it("refuses the bastion in a vendor's place also where another stack alone knows its id", async () => {
    const bastion = "bastionStack: organization/bastion-account/bastion\n";
    await workload(bastion + roles("999999999999"));
    registered.length = 0;
    await assert.rejects(
      workload(bastion + roles("111111111111")),
      /roles\.Scanner\.trust\n +found: +111111111111, which is the bastion's/,
    );
    assert.deepEqual(ofType("aws:iam/role:Role"), []);
  });

  it("refuses its id as an external id in the same way", async () => {
    const bastion = "bastionStack: organization/bastion-account/bastion\n";
    const guessed = roles("999999999999").replace(
      "acme-7f3a9c21",
      '"111111111111"',
    );
    assert.notEqual(guessed, roles("999999999999"));
    registered.length = 0;
    await assert.rejects(
      workload(bastion + guessed),
      /roles\.Scanner\.trust\.vendor\.externalId\n +found: +111111111111, which is the bastion's/,
    );
    assert.deepEqual(ofType("aws:iam/role:Role"), []);
  });
});
