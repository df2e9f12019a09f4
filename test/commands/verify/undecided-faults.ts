import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { bastionId, devId, prodId } from "./accounts";
import type { Fault } from "./fault";
import { documentOf, root, service, trusting } from "./live-accounts";
import { iam, newRole, retrust, withMfa } from "./planting";

/** AWS takes a condition without values, and does not document what comes of it. */
const undecided = { StringEquals: { "aws:PrincipalTag/owner": [] } };

export const perhaps = (Action: string): string =>
  documentOf({ Effect: "Allow", Action, Resource: "*", Condition: undecided });

const byChen = { AWS: `arn:aws:iam::${bastionId}:user/chen` };
const vendor = root("444455556666");

/** What nobody can decide, as it stands there. */
export const undecidedFaults: readonly Fault[] = [
  {
    name: "a role perhaps names a user",
    plant: (aws) =>
      newRole(aws, bastionId, "Side-door", trusting(byChen, undecided)),
    rule: "undecided",
    says: /^Side-door in bastion may open to chen: /,
    mend: (aws) =>
      retrust(aws, bastionId, "Side-door", trusting(byChen, withMfa)),
  },
  {
    name: "a role perhaps trusts a foreign account",
    plant: (aws) => newRole(aws, prodId, "Vendor", trusting(vendor, undecided)),
    rule: "undecided",
    says: /^Vendor in prod may let in other accounts/,
    mend: (aws) => retrust(aws, prodId, "Vendor", trusting(vendor)),
  },
  {
    name: "a role perhaps can change IAM",
    plant: async (aws) => {
      await newRole(aws, devId, "odd", trusting(service("ec2")));
      await iam(aws, devId).send(
        new PutRolePolicyCommand({
          RoleName: "odd",
          PolicyName: "perhaps",
          PolicyDocument: perhaps("iam:*"),
        }),
      );
    },
    rule: "power-undecided",
    says: /^odd in dev perhaps is administrator/,
  },
  {
    name: "a role of the config perhaps may do more",
    plant: (aws) =>
      iam(aws, devId).send(
        new PutRolePolicyCommand({
          RoleName: "PowerUser",
          PolicyName: "perhaps",
          PolicyDocument: perhaps("iam:*"),
        }),
      ),
    rule: "comparison-undecided",
    says: /^PowerUser in dev may allow more than the config/,
  },
];
