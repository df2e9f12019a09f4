import { unknownText } from "../pack";
import { nativeRole, resource, role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "sessions-are-limited";

const permissionSet = (name: string, sessionDuration: string) =>
  resource("aws:ssoadmin/permissionSet:PermissionSet", name, {
    name,
    sessionDuration,
  });

const rows: readonly Row[] = [
  {
    title: "caps an administrator's session at an hour",
    resources: [role("OpsSudo", { maxSessionDuration: 3601 })],
    finds: [
      {
        resource: "OpsSudo",
        field: "maxSessionDuration",
        says: ["3600 at most"],
      },
    ],
  },
  {
    title: "caps aws-native's sessions, and those that YAML has as text",
    resources: [
      nativeRole("OpsSudo", { maxSessionDuration: 7200 }),
      { ...role("OpsSudo", { maxSessionDuration: "7200" }), name: "yaml" },
    ],
    finds: [
      { resource: "OpsSudo", field: "maxSessionDuration" },
      { resource: "yaml", field: "maxSessionDuration" },
    ],
  },
  {
    title: "goes by the role's name in AWS, not in the program",
    resources: [
      role("OpsSudo", { name: "Support", maxSessionDuration: 7200 }),
      role("support", { name: "OpsSudo", maxSessionDuration: 7200 }),
    ],
    finds: [{ resource: "support", field: "maxSessionDuration" }],
  },
  {
    title: "has nothing against what AWS does where the field is left out",
    resources: [
      role("OpsSudo"),
      role("Support", { maxSessionDuration: 43_200 }),
    ],
  },
  {
    title: "caps other roles where the config does",
    organisation: { session: 7200 },
    resources: [role("Support", { maxSessionDuration: 14_400 })],
    finds: [
      {
        resource: "Support",
        field: "maxSessionDuration",
        says: ["7200 at most"],
      },
    ],
  },
  {
    title: "caps the sessions of permission sets, which are durations",
    organisation: { session: 7200 },
    resources: [
      permissionSet("short", "PT2H"),
      permissionSet("long", "PT2H1M"),
      permissionSet("seconds", "PT7201S"),
      resource("aws-native:sso:PermissionSet", "native", {
        sessionDuration: "PT8H",
      }),
    ],
    finds: [
      { resource: "long", field: "sessionDuration", says: ["7260 seconds"] },
      { resource: "seconds", field: "sessionDuration" },
      { resource: "native", field: "sessionDuration" },
    ],
  },
  {
    title: "says what it can't read as a length",
    resources: [
      permissionSet("day", "P1D"),
      permissionSet("words", "an hour"),
      role("Support", { maxSessionDuration: "" }),
      role("None", { maxSessionDuration: null }),
    ],
    finds: [
      {
        resource: "day",
        kind: "undecided",
        field: "sessionDuration",
        says: ["P1D"],
      },
      { resource: "words", kind: "undecided", field: "sessionDuration" },
      { resource: "Support", kind: "undecided", field: "maxSessionDuration" },
    ],
  },
  {
    title: "leaves to the update what is not known yet",
    resources: [
      role("seconds", { maxSessionDuration: unknownText }),
      role("short", { name: unknownText, maxSessionDuration: 3600 }),
      role("name", { name: unknownText, maxSessionDuration: 7200 }),
    ],
    finds: [
      { resource: "seconds", kind: "unknown", field: "maxSessionDuration" },
      { resource: "name", kind: "unknown", field: "name" },
    ],
  },
];
describe(rule, () => {
  testRows(rule, rows);
});
