import { strict as assert } from "node:assert";
import { gatherIdentities } from "../../../policy-pack/identities/gather";
import { fieldOf } from "../../../policy-pack/resources/path";
import { unknownText, type Declared } from "../pack";
import { readResources } from "../read-resources";
import { dev, prod } from "../rules/documents";
import { group, iam, member, native, user } from "../rules/resources";

const gathered = (...resources: readonly Declared[]) =>
  gatherIdentities(readResources(...resources));

const namesOf = (some: readonly { readonly name: string | undefined }[] = []) =>
  some.map(({ name }) => name);

/** The groups of ada, who is the first of the users. */
function groupsOfAda(...resources: readonly Declared[]) {
  const [ada] = gathered(user("ada"), ...resources).users;
  assert.ok(ada);
  return {
    certain: namesOf(ada.groups),
    uncertain: namesOf(ada.uncertainGroups),
    mayBeInMore: ada.mayBeInMoreGroups,
  };
}

const groupOnly = (
  users: unknown,
  more: Declared["inputs"] = {},
  others: Partial<Declared> = {},
) => iam("GroupMembership", "only", { group: "team", users, ...more }, others);

const inTeam = { certain: ["team"], uncertain: [], mayBeInMore: false };
const perhapsInTeam = { certain: [], uncertain: ["team"], mayBeInMore: false };
const inNone = { certain: [], uncertain: [], mayBeInMore: false };

describe("the groups of a user", () => {
  const forms: readonly (readonly [string, Declared])[] = [
    ["a list of the user's groups", member("ada", "team")],
    ["a list of the group's users", groupOnly(["grace", "ada"])],
    [
      "aws-native's addition",
      native("UserToGroupAddition", "add", {
        groupName: "team",
        users: ["ada"],
      }),
    ],
  ];
  for (const [form, resource] of forms) {
    it(`come by ${form}`, () => {
      assert.deepEqual(groupsOfAda(group("team"), resource), inTeam);
    });
  }

  it("come by the user's own property, in aws-native's form", () => {
    const { users } = gathered(
      native("User", "ada", { userName: "ada", groups: ["team"] }),
      group("team"),
    );
    assert.deepEqual(
      users.map(({ groups }) => namesOf(groups)),
      [["team"]],
    );
  });

  it("may stand in another stack", () => {
    assert.deepEqual(groupsOfAda(member("ada", "team")), inTeam);
  });

  it("are none by what is said of somebody else", () => {
    assert.deepEqual(
      groupsOfAda(user("grace"), group("team"), member("grace", "team")),
      inNone,
    );
  });

  it("are those of the user's own account, where another has a user and a group of these names", () => {
    const there: Partial<Declared> = { provider: prod };
    assert.deepEqual(
      groupsOfAda(
        { ...user("ada"), ...there },
        { ...group("team"), ...there },
        { ...member("ada", "team"), ...there },
      ),
      inNone,
    );
  });
});

describe("a list of all users of a group", () => {
  const team = [group("team"), member("ada", "team")];

  it("may take out again whom it does not name", () => {
    assert.deepEqual(groupsOfAda(...team, groupOnly(["grace"])), perhapsInTeam);
  });

  it("leaves whom it names", () => {
    assert.deepEqual(groupsOfAda(...team, groupOnly(["ada"])), inTeam);
  });

  it("leaves who may be behind a value that is not known yet", () => {
    const list = groupOnly([unknownText], {}, { from: { users: ["ada"] } });
    assert.deepEqual(groupsOfAda(...team, list), inTeam);
  });

  it("leaves the users of another group, and of a group of that name in another account", () => {
    const elsewhere = [
      groupOnly(["grace"], { group: "others" }),
      groupOnly(["grace"], {}, { provider: prod }),
    ];
    for (const list of elsewhere) {
      assert.deepEqual(groupsOfAda(...team, group("others"), list), inTeam);
    }
  });

  it("does not take out those that another such list names for certain", () => {
    const other = { ...groupOnly(["ada"]), name: "other" };
    assert.deepEqual(
      groupsOfAda(group("team"), groupOnly(["grace"]), other),
      perhapsInTeam,
    );
  });
});

describe("a membership with a name that is not known yet", () => {
  const unknownMembers = (...resources: readonly Declared[]) =>
    gathered(...resources).unknownMembers.map(
      ({ resource, path }) => `${resource.name} ${fieldOf(path)}`,
    );
  const unknownGroup = member("ada", unknownText);

  it("is that of the one group which the value comes from", () => {
    const resources = [
      group("team"),
      { ...unknownGroup, from: { groups: ["team"] } },
    ];
    assert.deepEqual(groupsOfAda(...resources), inTeam);
    assert.deepEqual(unknownMembers(user("ada"), ...resources), []);
  });

  it("may be in a further group, where the value may come from anywhere", () => {
    assert.deepEqual(groupsOfAda(group("team"), unknownGroup), {
      ...inNone,
      mayBeInMore: true,
    });
    assert.deepEqual(unknownMembers(user("ada"), unknownGroup), [
      "ada-groups groups[0]",
    ]);
  });

  it("may be anybody's, where it is the user's", () => {
    const resources = [
      group("team"),
      iam("UserGroupMembership", "one", {
        user: unknownText,
        groups: ["team"],
      }),
    ];
    assert.deepEqual(groupsOfAda(...resources), {
      ...inNone,
      mayBeInMore: true,
    });
    assert.deepEqual(unknownMembers(...resources), ["one user"]);
  });
});

describe("what a stack says of another stack's users", () => {
  const ofOthers = (...resources: readonly Declared[]) =>
    gathered(...resources).membershipsOfOthers.map(({ name }) => name);

  it("is told: that they are in a group, and that they are no longer", () => {
    assert.deepEqual(ofOthers(group("team"), member("ada", "team")), [
      "ada-groups",
    ]);
    assert.deepEqual(ofOthers(user("ada"), groupOnly(["ada"])), ["only"]);
  });

  it("is nothing where it makes them, in whichever group", () => {
    assert.deepEqual(
      ofOthers(user("ada"), group("team"), groupOnly(["ada"])),
      [],
    );
    assert.deepEqual(ofOthers(user("ada"), member("ada", "team")), []);
  });

  it("makes users of them, with these groups, in the account of what says it", () => {
    const { users } = gathered(group("team"), member("ada", "team"));
    assert.deepEqual(
      users.map(({ name, account, resource, groups }) => [
        [name, account, resource],
        namesOf(groups),
      ]),
      [[["ada", dev, undefined], ["team"]]],
    );
  });
});
