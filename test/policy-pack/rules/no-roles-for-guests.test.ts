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
          resource(type, "all later", { roles: unknownText }),
        ],
        finds: [
          {
            resource: "known",
            kind: "wrong",
            field: "roles.unauthenticated",
            says: ["anyone, without signing in"],
          },
          { resource: "later", kind: "wrong" },
          { resource: "all later", kind: "unknown", field: "roles" },
        ],
      },
      {
        title: `has nothing against a role for those who signed in (${type})`,
        resources: [arn, unknownText].map((authenticated, index) =>
          resource(type, `roles-${index}`, { roles: { authenticated } }),
        ),
      },
    ]),
  );
});
