import assert from "node:assert/strict";
import {
  heldElsewhere,
  moveCommands,
  refuseElsewhere,
} from "../../../commands/deploy/elsewhere";
import type { ExportedStack } from "../../../commands/stacks/exported-stack";

const urn = (type: string, name: string) =>
  `urn:pulumi:workload::acme::${type}::${name}`;

const stack = urn("pulumi:pulumi:Stack", "acme-workload");
const role = "bastion:index:WorkloadAccount$aws:iam/role:Role";

const account = (name: string, id: string) => {
  const component = urn("bastion:index:WorkloadAccount", name);
  const alarm = urn("bastion:index:BreakGlassAlarm", `${name}-us-east-1`);
  const provider = urn("pulumi:providers:aws", `account-${name}`);
  const made = { custom: true, provider: `${provider}::p1` };
  return [
    {
      urn: provider,
      type: "pulumi:providers:aws",
      custom: true,
      parent: stack,
    },
    {
      urn: component,
      type: "bastion:index:WorkloadAccount",
      custom: false,
      parent: stack,
      outputs: { accountId: id },
    },
    {
      urn: urn(role, `${name}-R`),
      type: "aws:iam/role:Role",
      parent: component,
      ...made,
    },
    {
      urn: alarm,
      type: "bastion:index:BreakGlassAlarm",
      custom: false,
      parent: stack,
    },
    {
      urn: urn("aws:sns/topic:Topic", alarm),
      type: "aws:sns/topic:Topic",
      parent: alarm,
      ...made,
    },
  ];
};

const state: ExportedStack = {
  version: 3,
  deployment: {
    resources: [
      { urn: stack, type: "pulumi:pulumi:Stack", custom: false },
      ...account("dev", "222222222222"),
      // Another account, whose name begins like it.
      ...account("dev-eu", "444444444444"),
    ],
  },
};

const builders = (of: Readonly<Record<string, readonly [string, string]>>) =>
  new Map(
    Object.entries(of).map(([id, [name, builder]]) => [
      id,
      { account: name, stack: builder },
    ]),
  );

describe("an account in another stack's state", () => {
  it("is none where the stack builds it, or nobody does any more", () => {
    const found = heldElsewhere(
      "workload",
      state,
      builders({ "222222222222": ["dev", "workload"] }),
    );
    assert.deepEqual(found, []);
    refuseElsewhere(found);
  });

  it("is told with the commands that move it, and all that is its own with it", () => {
    const [found, ...more] = heldElsewhere(
      "workload",
      state,
      builders({
        "222222222222": ["development", "workload-development"],
        "444444444444": ["dev-eu", "workload"],
      }),
    );
    assert.ok(found && more.length === 0);
    assert.equal(found.account, "development");
    assert.deepEqual(moveCommands(found), [
      "pulumi stack select --create workload-development",
      [
        "pulumi state move --yes --source workload --dest workload-development",
        `'${urn("bastion:index:WorkloadAccount", "dev")}'`,
        `'${urn("bastion:index:BreakGlassAlarm", "dev-us-east-1")}'`,
      ].join(" \\\n  "),
      `pulumi state delete --yes --stack workload '${urn("pulumi:providers:aws", "account-dev")}'`,
    ]);
    assert.throws(() => {
      refuseElsewhere([found]);
    }, /development is in the state of the stack workload, and workload-development is to build it[^]*Fix: /);
  });
});
