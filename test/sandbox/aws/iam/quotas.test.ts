import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { newIdentity, newUser } from "../../../../sandbox/aws/new-identity";
import {
  bastionId,
  allow,
  conversationForEach,
  documentOfSize,
  policyText,
  refused,
  trustText,
} from "./conversation";

describe("IAM's quotas", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  beforeEach(async () => {
    await send(new CreateUserCommand({ UserName: "ada" }));
    await send(new CreateGroupCommand({ GroupName: "staff" }));
    await send(
      new CreateRoleCommand({
        RoleName: "reader",
        AssumeRolePolicyDocument: trustText("*"),
      }),
    );
  });

  const accountOf = () => {
    const account = conversation.aws.cloud.accounts.get(bastionId);
    if (!account) throw new Error("the account is gone");
    return account;
  };

  const putInline = {
    user: (PolicyName: string, PolicyDocument: string) =>
      send(
        new PutUserPolicyCommand({
          UserName: "ada",
          PolicyName,
          PolicyDocument,
        }),
      ),
    group: (PolicyName: string, PolicyDocument: string) =>
      send(
        new PutGroupPolicyCommand({
          GroupName: "staff",
          PolicyName,
          PolicyDocument,
        }),
      ),
    role: (PolicyName: string, PolicyDocument: string) =>
      send(
        new PutRolePolicyCommand({
          RoleName: "reader",
          PolicyName,
          PolicyDocument,
        }),
      ),
  };

  for (const [kind, limit] of [
    ["user", 2_048],
    ["group", 5_120],
    ["role", 10_240],
  ] as const) {
    it(`let a ${kind}'s inline policies have ${limit} characters together, white space not counted`, async () => {
      const put = putInline[kind];
      const half = documentOfSize(limit / 2);
      const spaced = JSON.stringify(JSON.parse(half), undefined, 4);
      await put("one", spaced);
      await refused(
        put("two", documentOfSize(limit / 2 + 1)),
        "LimitExceeded",
        `Maximum policy size of ${limit} bytes exceeded for ${kind}`,
      );
      await put("two", half);
      await refused(put("three", policyText(allow("s3:*"))), "LimitExceeded");
      await put("one", policyText(allow("s3:*")));
    });
  }

  it("let a managed policy have 6,144 characters", async () => {
    const create = (PolicyName: string, size: number) =>
      send(
        new CreatePolicyCommand({
          PolicyName,
          PolicyDocument: documentOfSize(size),
        }),
      );
    await create("full", 6_144);
    await refused(
      create("over", 6_145),
      "LimitExceeded",
      "Cannot exceed quota for PolicySize: 6144",
    );
  });

  it("let a trust policy have 2,048 characters", async () => {
    const trust = (size: number): string => {
      const sized = (Sid: string) => trustText("*", { Sid });
      return sized("a".repeat(size - sized("").length));
    };
    const create = (RoleName: string, size: number) =>
      send(
        new CreateRoleCommand({
          RoleName,
          AssumeRolePolicyDocument: trust(size),
        }),
      );
    await create("full", 2_048);
    await refused(
      create("over", 2_049),
      "LimitExceeded",
      "Cannot exceed quota for ACLSizePerRole: 2048",
    );
  });

  const attach = {
    User: (PolicyArn: string) =>
      send(new AttachUserPolicyCommand({ UserName: "ada", PolicyArn })),
    Group: (PolicyArn: string) =>
      send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn })),
    Role: (PolicyArn: string) =>
      send(new AttachRolePolicyCommand({ RoleName: "reader", PolicyArn })),
  };

  for (const kind of ["User", "Group", "Role"] as const) {
    it(`let ten managed policies be attached to a ${kind.toLowerCase()}`, async () => {
      const arns = [...conversation.aws.cloud.awsPolicies.keys()].filter(
        (arn) => !arn.includes(":policy/aws-service-role/"),
      );
      const [eleventh = "", ...ten] = arns.slice(0, 11);
      for (const arn of ten) await attach[kind](arn);
      await attach[kind](ten[0] ?? "");
      await refused(
        attach[kind](eleventh),
        "LimitExceeded",
        `Cannot exceed quota for PoliciesPer${kind}: 10`,
      );
    });
  }

  it("let a provider of tokens have 100 clients", async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `client-${index}`);
    const create = (host: string, ClientIDList: string[]) =>
      send(
        new CreateOpenIDConnectProviderCommand({
          Url: `https://${host}`,
          ClientIDList,
        }),
      );
    const tooMany =
      "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100";
    await refused(
      create("a.example.com", [...ids, "more"]),
      "LimitExceeded",
      tooMany,
    );
    const { OpenIDConnectProviderArn } = await create("b.example.com", ids);
    const add = (ClientID: string) =>
      send(
        new AddClientIDToOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn,
          ClientID,
        }),
      );
    await add("client-7");
    await refused(add("more"), "LimitExceeded", tooMany);
  });

  it("let a user be in ten groups", async () => {
    const join = (GroupName: string) =>
      send(new AddUserToGroupCommand({ UserName: "ada", GroupName }));
    for (let index = 1; index <= 11; index += 1)
      await send(new CreateGroupCommand({ GroupName: `g${index}` }));
    for (let index = 1; index <= 10; index += 1) await join(`g${index}`);
    await join("g10");
    await refused(
      join("g11"),
      "LimitExceeded",
      "Cannot exceed quota for GroupsPerUser: 10",
    );
  });

  it("let an account have 300 groups", async () => {
    const { groups } = accountOf();
    while (groups.size < 299) {
      const name = `filler-${groups.size}`;
      const { cloud } = conversation.aws;
      groups.set(name, newIdentity(cloud, "AGPA", { name, path: "/" }));
    }
    await send(new CreateGroupCommand({ GroupName: "the-300th" }));
    await refused(
      send(new CreateGroupCommand({ GroupName: "the-301st" })),
      "LimitExceeded",
      "Cannot exceed quota for GroupsPerAccount: 300",
    );
  });

  it("let an account have 5,000 users", async () => {
    const { users } = accountOf();
    while (users.size < 4_999) {
      const name = `filler-${users.size}`;
      const identity = newIdentity(conversation.aws.cloud, "AIDA", {
        name,
        path: "/",
      });
      users.set(name, newUser(identity));
    }
    await send(new CreateUserCommand({ UserName: "the-5000th" }));
    await refused(
      send(new CreateUserCommand({ UserName: "the-5001st" })),
      "LimitExceeded",
      "Cannot exceed quota for UsersPerAccount: 5000",
    );
  });
});
