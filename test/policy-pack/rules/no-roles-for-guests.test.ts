import { unknownText } from "../pack";
import { resource } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "no-roles-for-guests";
const arn = "arn:aws:iam::222222222222:role/app";
const types = [
  "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
  "aws-native:cognito:IdentityPoolRoleAttachment",
];

describe(rule, () => {
  testRows(
    rule,
    types.flatMap((type): readonly Row[] => [
      {
        title: `finds a role for guests, known or not yet (${type})`,
        resources: [
          resource(type, "known", {
            roles: { authenticated: arn, unauthenticated: arn },
          }),
          resource(type, "later", { roles: { unauthenticated: unknownText } }),
        ],
        finds: [
          {
            resource: "known",
            kind: "wrong",
            field: "roles.unauthenticated",
            says: ["anyone, without signing in"],
          },
          { resource: "later", kind: "wrong" },
        ],
      },
      {
        title: `has nothing against a role for those who signed in (${type})`,
        resources: [resource(type, "roles", { roles: { authenticated: arn } })],
      },
    ]),
  );
});
