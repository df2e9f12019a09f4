import { strict as assert } from "node:assert";
import { storedPolicies } from "../../../sandbox/aws/iam/aws-managed/file";
import {
  roleSessionCase,
  userCase,
  type CallerCase,
} from "../../../policy-pack/decide/callers";
import { literal } from "../../../policy-pack/decide/literal";
import {
  withMfaOfAge,
  withMfaOlderThan,
  withoutMfaKeys,
} from "../../../policy-pack/decide/mfa";
import {
  isAdministrator,
  mayChangeIam,
  mayPassAnyRole,
  mayRequest,
  mayUseAnyService,
  type Permissions,
} from "../../../policy-pack/decide/powers";
import { readWell } from "./reading";

const bastion = "111111111111";
const mfa = "aws:MultiFactorAuthPresent";

const ada = userCase({
  account: bastion,
  partition: "aws",
  arn: `arn:aws:iam::${bastion}:user/people/ada`,
});

function having(
  caller: CallerCase,
  statement: object | readonly object[],
  account = bastion,
): Permissions {
  const document = { Version: "2012-10-17", Statement: statement };
  return {
    caller,
    documents: [readWell(document, "identity")],
    boundary: undefined,
    account,
  };
}

const allow = (Action: string, Resource: string, Condition = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  Condition,
});

describe("what a user may do to itself", () => {
  const own = `arn:aws:iam::${bastion}:user/people/\${aws:username}`;

  it("keys of its own are a change of IAM, and do not make it anything else", () => {
    const keys = having(ada, allow("iam:*AccessKey*", own));
    assert.equal(mayChangeIam(keys).answer, "open");
    assert.equal(isAdministrator(keys).answer, "closed");
  });

  it("policies of its own make it anything", () => {
    for (const action of ["iam:PutUserPolicy", "iam:AttachUserPolicy"]) {
      const policies = having(ada, allow(action, own));
      assert.equal(isAdministrator(policies).answer, "open", action);
    }
  });

  it("policies of a role do not make a user anything", () => {
    const statement = allow("iam:PutRolePolicy", own);
    assert.equal(isAdministrator(having(ada, statement)).answer, "closed");
  });

  it("the same name below another path is another user", () => {
    const elsewhere = own.replace("people", "robots");
    const policies = having(ada, allow("iam:PutUserPolicy", elsewhere));
    assert.equal(isAdministrator(policies).answer, "closed");
  });
});

describe("what a user of any name may do to itself", () => {
  const anybody = userCase({
    account: bastion,
    partition: "aws",
    arn: undefined,
  });
  const users = `arn:aws:iam::${bastion}:user/`;
  const ofItself = allow("iam:PutUserPolicy", `${users}\${aws:username}`);
  const answer = (...statements: readonly object[]) =>
    isAdministrator(having(anybody, statements)).answer;

  it("policies of its own make it anything, in any account", () => {
    assert.equal(answer(ofItself), "open");
    const ofAnyAccount = userCase({
      account: undefined,
      partition: "aws",
      arn: undefined,
    });
    const own = allow(
      "iam:PutUserPolicy",
      "arn:aws:iam::*:user/${aws:username}",
    );
    const permissions = { ...having(ofAnyAccount, own), account: undefined };
    assert.equal(isAdministrator(permissions).answer, "open");
  });

  it("policies of a session's own role make it anything", () => {
    const session = roleSessionCase({
      account: bastion,
      partition: "aws",
      arn: undefined,
    });
    const answerOf = (resource: string) =>
      isAdministrator(having(session, allow("iam:PutRolePolicy", resource)))
        .answer;
    assert.equal(answerOf("${aws:PrincipalArn}"), "open");
    assert.equal(answerOf(`${users}*`), "closed");
  });

  it("no name decides: neither one that is denied, nor one that alone is allowed", () => {
    const name = "some-user-that-nobody-foresaw";
    const denied = { ...allow("iam:*", `${users}*${name}`), Effect: "Deny" };
    assert.equal(answer(ofItself, denied), "open");
    const alone = allow("iam:PutUserPolicy", `${users}\${aws:username}`, {
      ArnLike: { "aws:PrincipalArn": `${users}${name}` },
    });
    assert.equal(answer(alone), "open");
  });

  it("what is denied whatever the name is closed", () => {
    const whatever = { ...ofItself, Effect: "Deny" };
    assert.equal(answer(ofItself, whatever), "closed");
    const unlike = {
      ...allow("iam:*", "*", {
        StringNotLike: { "aws:username": "nobody/*" },
      }),
      Effect: "Deny",
    };
    assert.equal(answer(ofItself, unlike), "closed");
  });
});

describe("a single request", () => {
  const role = "arn:aws:iam::222222222222:role/team";
  const asked = { action: "sts:AssumeRole", resource: role };
  const fresh = having(
    ada,
    allow("sts:AssumeRole", "arn:aws:iam::*:role/team", {
      Bool: { [mfa]: "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
    }),
  );

  it("is decided for the state of MFA that is asked about", () => {
    const answer = (state = withMfaOfAge(0)) =>
      mayRequest(fresh, { ...asked, mfa: state }).answer;
    assert.equal(answer(), "open");
    assert.equal(answer(withMfaOfAge(3599)), "open");
    assert.equal(answer(withMfaOfAge(3600)), "closed");
    assert.equal(answer(withMfaOlderThan(3600)), "closed");
    assert.equal(answer(withoutMfaKeys), "closed");
  });

  it("is decided for any state of MFA when none is named", () => {
    assert.equal(mayRequest(fresh, asked).answer, "open");
  });

  it("is decided under what else is given", () => {
    const statement = allow("sts:AssumeRole", "*", {
      IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
    });
    const answer = (address: string) =>
      mayRequest(having(ada, statement), {
        ...asked,
        given: [literal("StringEquals", "aws:SourceIp", address)],
      }).answer;
    assert.equal(answer("10.1.2.3"), "open");
    assert.equal(answer("11.1.2.3"), "closed");
  });

  it("with a wildcard in its resource is any of those", () => {
    const one = having(ada, allow("sts:AssumeRole", role));
    const answer = (resource: string) =>
      mayRequest(one, { action: "sts:AssumeRole", resource }).answer;
    assert.equal(answer("arn:aws:iam::222222222222:role/?*"), "open");
    assert.equal(answer("arn:aws:iam::222222222222:role/*eam"), "open");
    assert.equal(answer("arn:aws:iam::222222222222:role/x*"), "closed");
    assert.equal(answer("arn:aws:iam::222222222222:user/?*"), "closed");
  });

  it("names the statement that lets it through", () => {
    const verdict = mayRequest(
      having(ada, [allow("s3:*", "*"), allow("sts:*", "*")]),
      asked,
    );
    assert.equal(verdict.answer, "open");
    assert.deepEqual(
      verdict.witness.statements.map(({ number }) => number),
      [2],
    );
    assert.deepEqual(verdict.witness.values.get("aws:username"), ["ada"]);
  });
});

describe("where an identity acts", () => {
  const someRole = (partition: string) =>
    roleSessionCase({
      account: "222222222222",
      partition,
      arn: `arn:${partition}:iam::222222222222:role/team`,
    });

  it("is its own partition", () => {
    const inChina = allow("iam:*", "arn:aws-cn:iam::222222222222:*");
    const answers = (partition: string) =>
      mayPassAnyRole(having(someRole(partition), inChina, "222222222222"))
        .answer;
    assert.equal(answers("aws-cn"), "open");
    assert.equal(answers("aws"), "closed");
  });

  it("is an account that its documents name, when it is not known", () => {
    const named = allow("iam:PassRole", "arn:aws:iam::222222222222:role/*");
    const permissions = {
      ...having(someRole("aws"), named),
      account: undefined,
    };
    assert.equal(mayPassAnyRole(permissions).answer, "open");
  });
});

describe("what AWS's own policies come to", () => {
  /** By power: the policies that give it, of those that the sandbox carries. */
  const giving = new Map<string, readonly string[]>([
    ["use any service", ["AdministratorAccess", "PowerUserAccess"]],
    ["change IAM", ["AdministratorAccess", "IAMFullAccess"]],
    ["pass any role", ["AdministratorAccess", "IAMFullAccess"]],
  ]);
  const powers = {
    "use any service": mayUseAnyService,
    "change IAM": mayChangeIam,
    "pass any role": mayPassAnyRole,
  };
  const among = [
    "AdministratorAccess",
    "IAMFullAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "SecurityAudit",
    "ViewOnlyAccess",
  ];

  for (const [power, decide] of Object.entries(powers)) {
    it(`is decided, however long they are: who may ${power}`, () => {
      const found = storedPolicies()
        .filter(({ name }) => among.includes(name))
        .map(({ name, document }) => {
          const documents = [readWell(JSON.parse(document), "identity")];
          const { answer } = decide({
            caller: ada,
            documents,
            boundary: undefined,
            account: bastion,
          });
          assert.notEqual(answer, "undecided", name);
          return answer === "open" ? [name] : [];
        })
        .flat();
      assert.deepEqual(found.sort(), giving.get(power));
    });
  }
});
