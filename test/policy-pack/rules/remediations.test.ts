import { strict as assert } from "node:assert";
import { unknownText } from "../pack";
import {
  bastion,
  document,
  foreign,
  json,
  mfa,
  people,
  root,
  service,
  trusts,
} from "./documents";
import { secret } from "../serialisation";
import { remediate } from "./remediate";
import { nativeRole, role } from "./resources";

const openToPeople = trusts({ AWS: root(bastion) });

/** The trust policy that is left; undefined: nothing was changed. */
async function remediated(assumeRolePolicy: unknown): Promise<unknown> {
  const found = await remediate(
    "people-need-mfa",
    role("Support", { assumeRolePolicy }),
  );
  return found?.["assumeRolePolicy"];
}

describe("the remediation of people-need-mfa", () => {
  it("adds the condition, and leaves the rest of the resource as it was", async () => {
    const inputs = {
      assumeRolePolicy: json({ Sid: "People", ...openToPeople }),
      description: unknownText,
      tags: { owner: secret("geheim"), team: "orders" },
      maxSessionDuration: 3600,
    };
    const found = await remediate("people-need-mfa", role("Support", inputs));
    assert.deepEqual(found, {
      ...inputs,
      name: "Support",
      assumeRolePolicy: json({
        Sid: "People",
        ...openToPeople,
        Condition: mfa,
      }),
    });
  });

  it("keeps an object an object, with its other statements and elements", async () => {
    const other = { ...service, Sid: "Lambda" };
    assert.deepEqual(
      await remediated({ ...document(other, openToPeople), Id: "trust" }),
      { ...document(other, people()), Id: "trust" },
    );
  });

  it("keeps JSON text indented as it was", async () => {
    for (const indentation of ["  ", "    ", "\t"]) {
      assert.equal(
        await remediated(
          JSON.stringify(document(openToPeople), null, indentation),
        ),
        JSON.stringify(document(people()), null, indentation),
      );
    }
  });

  it("leaves a text alone that has a number of which digits would be lost", async () => {
    const text = (number: string) =>
      json({
        ...openToPeople,
        Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": 1 } },
      })
        .replace("NumericLessThan", "NumericLessThanIfExists")
        .replace(":1}", `:${number}}`);
    const long = "9007199254740993";
    assert.equal(await remediated(text(long)), undefined);
    const kept = String(await remediated(text("3600")));
    assert.ok(kept.includes('"aws:MultiFactorAuthAge":3600}'), kept);
    // A text may read like one.
    assert.ok(String(await remediated(text(`"${long}"`))).includes(long));
  });

  it("mends a statement that stands alone, without making a list of it", async () => {
    assert.deepEqual(
      await remediated({ ...document(), Statement: openToPeople }),
      {
        ...document(),
        Statement: people(),
      },
    );
  });

  it("mends each of several statements", async () => {
    const ada = trusts({ AWS: `arn:aws:iam::${bastion}:user/ada` });
    assert.deepEqual(await remediated(document(openToPeople, service, ada)), {
      ...document(people(), service, { ...ada, Condition: mfa }),
    });
  });

  it("adds to the conditions that are there, in whichever case they are written", async () => {
    const { Effect, Action, Principal } = openToPeople;
    const found = await remediated({
      version: "2012-10-17",
      statement: [
        {
          effect: Effect,
          action: Action,
          principal: Principal,
          condition: {
            bool: { "aws:securetransport": "true" },
            StringEquals: { "sts:RoleSessionName": "ada" },
          },
        },
      ],
    });
    assert.deepEqual(found, {
      version: "2012-10-17",
      statement: [
        {
          effect: Effect,
          action: Action,
          principal: Principal,
          condition: {
            bool: {
              "aws:securetransport": "true",
              "aws:MultiFactorAuthPresent": "true",
            },
            StringEquals: { "sts:RoleSessionName": "ada" },
          },
        },
      ],
    });
  });

  it("asks plainly where IfExists let long-term keys through", async () => {
    const ifExists = {
      BoolIfExists: { "aws:MultiFactorAuthPresent": "true" },
    };
    assert.deepEqual(await remediated(document(people(ifExists))), {
      ...document(people({ ...ifExists, ...mfa })),
    });
  });

  it("mends aws-native's field as well", async () => {
    const found = await remediate(
      "people-need-mfa",
      nativeRole("Support", {
        assumeRolePolicyDocument: document(openToPeople),
      }),
    );
    assert.deepEqual(found?.["assumeRolePolicyDocument"], document(people()));
  });

  it("keeps a document secret that is secret as a whole", async () => {
    assert.deepEqual(
      await remediated(secret(json(openToPeople))),
      secret(json(people())),
    );
  });

  const leftAlone: readonly (readonly [string, unknown])[] = [
    ["asks for MFA already", document(people())],
    ["trusts services alone", document(service)],
    [
      "trusts a service in the same statement, which the condition would shut out",
      document(trusts({ AWS: root(bastion), Service: "ec2.amazonaws.com" })),
    ],
    [
      "trusts a foreign account, which a condition would not make right",
      document(openToPeople, trusts({ AWS: root(foreign) })),
    ],
    ["trusts everyone", document(trusts("*"))],
    [
      "asks for no MFA on purpose",
      document(people({ Bool: { "aws:MultiFactorAuthPresent": "false" } })),
    ],
    ["is malformed", "{"],
    [
      "holds a secret inside, which would come back as plain text",
      document(
        people({ StringEquals: { "aws:userid": secret("AIDAGEHEIM") } }),
      ),
    ],
    [
      "holds a value that is not known yet",
      document(people({ StringEquals: { "aws:PrincipalArn": unknownText } })),
    ],
  ];
  for (const [what, trust] of leftAlone) {
    it(`leaves a trust policy alone that ${what}`, async () => {
      assert.equal(await remediated(trust), undefined);
    });
  }
});

describe("the remediation of sessions-are-limited", () => {
  const rule = "sessions-are-limited";

  it("caps the session of an administrator, and leaves the rest as it was", async () => {
    const found = await remediate(
      rule,
      role("OpsSudo", { maxSessionDuration: 7200, tags: unknownText }),
    );
    assert.equal(found?.["maxSessionDuration"], 3600);
    assert.deepEqual(found["tags"], unknownText);
    assert.equal(found["name"], "OpsSudo");
  });

  it("caps other roles at what the config says", async () => {
    const given = role("Support", { maxSessionDuration: 20_000 });
    assert.equal(await remediate(rule, given), undefined);
    const found = await remediate(rule, given, { session: 14_400 });
    assert.equal(found?.["maxSessionDuration"], 14_400);
  });

  it("leaves a session alone that is unknown, or left out", async () => {
    for (const maxSessionDuration of [unknownText, undefined]) {
      const given = role("OpsSudo", {
        ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
      });
      assert.equal(await remediate(rule, given), undefined);
    }
  });
});
