import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { teamKey } from "../pgp-key";

const provider = into("dev");

// A user for the pipeline, as it was done before pipelines could sign in by themselves.
const robot = new iam.User("robot", { name: "shop-robot" }, { provider });
new iam.UserGroupMembership(
  "robot-groups",
  { user: robot.name, groups: ["bastion-users"] },
  { provider },
);
new iam.AccessKey(
  "robot-key",
  { user: robot.name, pgpKey: teamKey },
  { provider },
);
