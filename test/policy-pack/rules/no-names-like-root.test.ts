import { unknownText } from "../pack";
import { group, iam, native, role, user } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "no-names-like-root";

const rows: readonly Row[] = [
  ...["root", "Admin", "ADMINISTRATOR", "sudo"].map((name): Row => ({
    title: `finds a role, a user and a group that are called ${name}`,
    stack: bastionStack,
    resources: [
      role("role", { name }),
      iam("User", "user", { name }),
      native("Group", "group", { groupName: name }),
    ],
    finds: [
      { resource: "role", field: "name", says: [name] },
      { resource: "user", field: "name", says: [name] },
      { resource: "group", field: "groupName", says: [name] },
    ],
  })),
  {
    title: "says nothing of a user outside the bastion, who is to go anyhow",
    resources: [user("admin"), role("work", { name: "admin" })],
    finds: [{ resource: "work", field: "name" }],
  },
  {
    title: "lets names be that only begin so",
    resources: [role("AdminTools"), user("rooter"), group("sudoku")],
  },
  {
    title: "leaves to the update a name that is not known yet",
    resources: [role("name", { name: unknownText })],
    finds: [{ resource: "name", kind: "unknown", field: "name" }],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
