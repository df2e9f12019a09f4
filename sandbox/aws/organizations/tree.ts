import { AwsError } from "../errors";
import { newLowerCaseId } from "../ids";
import type { Account, Cloud, Unit } from "../model";
import type { Call } from "../operation";
import type { Fields } from "../service-models/fields";
import type { JsonOperation } from "../services/json";
import { requestTags } from "../tags";
import { parentOf, typeOfTarget } from "./organization";
import { page } from "./paging";
import { controlType, onlyManagement, targetArn, targetIn } from "./targets";

const policyTypes = [{ Type: controlType, Status: "ENABLED" }];

function describeOrganization({ cloud }: Call): Fields {
  const { managementAccountId, organization, partition } = cloud;
  const arn = `arn:${partition}:organizations::${managementAccountId}`;
  return {
    Organization: {
      Id: organization.id,
      Arn: `${arn}:organization/${organization.id}`,
      FeatureSet: "ALL",
      MasterAccountArn: targetArn(cloud, "ACCOUNT", managementAccountId),
      MasterAccountId: managementAccountId,
      AvailablePolicyTypes: policyTypes,
    },
  };
}

const describeAccount = (cloud: Cloud, { id, name }: Account): Fields => ({
  Id: id,
  Arn: targetArn(cloud, "ACCOUNT", id),
  Name: name,
  Status: "ACTIVE",
  State: "ACTIVE",
});

const describeUnit = (cloud: Cloud, { id, name }: Unit): Fields => ({
  Id: id,
  Arn: targetArn(cloud, "ORGANIZATIONAL_UNIT", id),
  Name: name,
});

/** What can be a parent: the root, or a unit. */
function containerIn(call: Call, member: string) {
  const container = targetIn(call, member, "ParentNotFound");
  if (container.type !== "ACCOUNT") return container;
  throw new AwsError(
    "ParentNotFound",
    `${member}: expected the root or a unit, found an account: ${container.id}.`,
  );
}

const unitsIn = (cloud: Cloud, parentId: string): readonly Unit[] =>
  [...cloud.organization.units.values()].filter(
    (unit) => unit.parentId === parentId,
  );

function createUnit(call: Call): Fields {
  const { parameters, cloud } = call;
  const { rootId, units } = cloud.organization;
  const { id: parentId } = containerIn(call, "ParentId");
  const name = parameters.required("Name");
  if (unitsIn(cloud, parentId).some((unit) => unit.name === name)) {
    throw new AwsError(
      "DuplicateOrganizationalUnit",
      `An OU with the same name already exists: ${name}.`,
    );
  }
  const id = `ou-${rootId.slice("r-".length)}-${newLowerCaseId(8)}`;
  const unit = { id, name, parentId };
  units.set(id, unit);
  return { OrganizationalUnit: describeUnit(cloud, unit) };
}

function moveAccount(call: Call): Fields {
  const { cloud } = call;
  const account = targetIn(call, "AccountId", "AccountNotFound");
  const source = containerIn(call, "SourceParentId");
  const destination = containerIn(call, "DestinationParentId");
  if (parentOf(cloud, account.id) !== source.id) {
    throw new AwsError(
      "SourceParentNotFound",
      `The account ${account.id} is not in ${source.id}.`,
    );
  }
  if (source.id === destination.id) {
    throw new AwsError(
      "DuplicateAccount",
      `The account ${account.id} is already in ${destination.id}.`,
    );
  }
  cloud.organization.parents.set(account.id, destination.id);
  return {};
}

function listParents(call: Call): Fields {
  const { parameters, cloud } = call;
  const child = parameters.required("ChildId");
  const parent = parentOf(cloud, child);
  if (typeOfTarget(cloud, child) === undefined || parent === undefined) {
    throw new AwsError("ChildNotFound", `There is no child ${child}.`);
  }
  return page(call, "Parents", [
    { Id: parent, Type: typeOfTarget(cloud, parent) },
  ]);
}

const listing = (run: (call: Call) => Fields): JsonOperation => ({
  beforeDecision: onlyManagement,
  run,
});

export const treeOperations: Readonly<Record<string, JsonOperation>> = {
  // The one call that a member account may make, too.
  DescribeOrganization: { run: describeOrganization },
  ListRoots: listing((call) => {
    const { cloud } = call;
    const { rootId } = cloud.organization;
    const Arn = targetArn(cloud, "ROOT", rootId);
    return page(call, "Roots", [
      { Id: rootId, Arn, Name: "Root", PolicyTypes: policyTypes },
    ]);
  }),
  ListAccounts: listing((call) => {
    const accounts = [...call.cloud.accounts.values()];
    return page(
      call,
      "Accounts",
      accounts.map((one) => describeAccount(call.cloud, one)),
    );
  }),
  ListAccountsForParent: {
    ...listing((call) => {
      const { cloud } = call;
      const { id } = containerIn(call, "ParentId");
      const accounts = [...cloud.accounts.values()].filter(
        (account) => parentOf(cloud, account.id) === id,
      );
      return page(
        call,
        "Accounts",
        accounts.map((one) => describeAccount(cloud, one)),
      );
    }),
    resource: (call) => containerIn(call, "ParentId").arn,
  },
  ListParents: {
    ...listing(listParents),
    resource: (call) => targetIn(call, "ChildId", "ChildNotFound").arn,
  },
  ListOrganizationalUnitsForParent: {
    ...listing((call) => {
      const { cloud } = call;
      const units = unitsIn(cloud, containerIn(call, "ParentId").id);
      return page(
        call,
        "OrganizationalUnits",
        units.map((unit) => describeUnit(cloud, unit)),
      );
    }),
    resource: (call) => containerIn(call, "ParentId").arn,
  },
  CreateOrganizationalUnit: {
    ...listing(createUnit),
    lacks: ["Tags"],
    context: requestTags,
    resource: (call) => containerIn(call, "ParentId").arn,
  },
  MoveAccount: {
    ...listing(moveAccount),
    resource: (call) => targetIn(call, "AccountId", "AccountNotFound").arn,
    alsoNeeds: (call) =>
      ["SourceParentId", "DestinationParentId"].map((member) => ({
        action: "organizations:MoveAccount",
        resource: containerIn(call, member).arn,
      })),
  },
};
