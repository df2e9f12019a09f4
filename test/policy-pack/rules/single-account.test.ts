import { strict as assert } from "node:assert";
import {
  bastion,
  document,
  json,
  mfa,
  people,
  root,
  trusts,
  type Statement,
} from "./documents";
import { remediate } from "./remediate";
import { resource, role } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

/** The config of a single account: the bastion's own is its only one. */
const organisation = { bastionAccountId: bastion, accounts: [bastion] };
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

/** A role of the single account that is administrator. */
const strong = (name: string, trust: Statement) => ({
  ...role(name, {
    assumeRolePolicy: json(trust),
    managedPolicyArns: [administrator],
  }),
  provider: bastion,
});

const ownRoot = trusts({ AWS: root(bastion) });
const ownUsers = trusts(
  { AWS: root(bastion) },
  {
    Condition: {
      ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${bastion}:user/*` },
    },
  },
);
const powerUser = `PowerUser of account ${bastion}`;

const rowsOf: Readonly<Record<string, readonly Row[]>> = {
  "bastion-holds-only-iam": [
    {
      title: "does not apply, in whichever stack",
      stack: bastionStack,
      resources: [resource("aws:s3/bucket:Bucket", "notes")],
      organisation,
    },
    {
      title: "applies where the bastion is an account of its own",
      stack: bastionStack,
      resources: [resource("aws:s3/bucket:Bucket", "notes")],
      finds: [{ resource: "notes" }],
    },
  ],
  "people-need-mfa": [
    {
      title: "is content with a role of people that trusts the own account",
      resources: [strong("OpsSudo", people())],
      organisation,
    },
    {
      title: "finds one without MFA, and says whom the condition shuts out",
      resources: [strong("Deploy", ownRoot)],
      organisation,
      finds: [{ resource: "Deploy", says: ["shuts out roles of the account"] }],
    },
    {
      title: "says nothing of roles where users alone get in",
      resources: [strong("Deploy", ownUsers)],
      organisation,
      finds: [{ resource: "Deploy", witness: { caller: "user" } }],
    },
  ],
  "no-escalation-by-role-chaining": [
    {
      title:
        "finds an administrator that trusts the account: PowerUser is in it",
      resources: [strong("Deploy", ownRoot)],
      organisation,
      finds: [{ resource: "Deploy", chain: [powerUser, "Deploy"] }],
    },
    {
      title: "finds it in the bastion's stack as well",
      stack: bastionStack,
      resources: [strong("Deploy", ownRoot)],
      organisation,
      finds: [{ resource: "Deploy", chain: [powerUser, "Deploy"] }],
    },
    {
      title: "finds one that names PowerUser",
      resources: [
        strong(
          "Deploy",
          trusts({ AWS: `arn:aws:iam::${bastion}:role/PowerUser` }),
        ),
      ],
      organisation,
      finds: [{ resource: "Deploy", chain: [powerUser, "Deploy"] }],
    },
    {
      title: "is content where MFA or users are asked for",
      resources: [strong("OpsSudo", people()), strong("Deploy", ownUsers)],
      organisation,
    },
  ],
};

describe("in a single account", () => {
  for (const [rule, rows] of Object.entries(rowsOf)) {
    describe(rule, () => {
      testRows(rule, rows);
    });
  }

  describe("the remediation of people-need-mfa", () => {
    const remediated = async (trust: Statement, single: boolean) => {
      const assumeRolePolicy = document(trust);
      const found = await remediate(
        "people-need-mfa",
        { ...role("Deploy", { assumeRolePolicy }), provider: bastion },
        single ? organisation : {},
      );
      return found?.["assumeRolePolicy"];
    };

    it("leaves a statement alone by which roles of the account come", async () => {
      assert.equal(await remediated(ownRoot, true), undefined);
      assert.deepEqual(await remediated(ownRoot, false), document(people()));
    });

    it("adds the condition where users alone get in", async () => {
      assert.deepEqual(
        await remediated(ownUsers, true),
        document({
          ...ownUsers,
          Condition: { ...(ownUsers["Condition"] as object), ...mfa },
        }),
      );
    });
  });
});
