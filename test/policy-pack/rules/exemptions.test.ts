import { strict as assert } from "node:assert";
import {
  isExempt,
  isExpired,
} from "../../../policy-pack/organisation/exemptions";
import { unknownText } from "../pack";
import { bastion, document, json, root, trusts } from "./documents";
import { iam, role } from "./resources";
import type { Found } from "./found";
import { bastionStack, foundBy, testRows, type Row } from "./rows";

const rule = "people-need-mfa";
const future = "2999-12-31";
const past = "2000-01-01";
const reason = "until the partner has MFA";

const open = role("support", {
  assumeRolePolicy: json(trusts({ AWS: root(bastion) })),
});
const urn = "urn:pulumi:dev::orders::aws:iam/role:Role::support";
const exempting = (exemption: object) => ({
  exemptions: [{ resource: urn, reason, until: future, ...exemption }],
});
const support = { stack: "orders/dev", resource: "support" };
const stays: readonly Found[] = [
  { resource: "support", kind: "wrong", statements: [1] },
];

const rows: readonly Row[] = [
  {
    title: "exempts a resource by its URN, from all rules",
    organisation: exempting({}),
    resources: [open],
  },
  {
    title: "exempts a resource by its stack and name, from one rule",
    organisation: exempting({ ...support, rule }),
    resources: [open],
  },
  {
    title: "exempts from no other rule",
    organisation: exempting({ rule: "no-escalation-by-role-chaining" }),
    resources: [open],
    finds: stays,
  },
  {
    title: "exempts no other resource, and nothing by a part of its name",
    organisation: exempting({ ...support, resource: "sup" }),
    resources: [open],
    finds: stays,
  },
  {
    title: "exempts no resource of that name in another stack",
    organisation: exempting({ ...support, stack: "orders/prod" }),
    resources: [open],
    finds: stays,
  },
  {
    title: "exempts nothing by a name without a stack",
    organisation: exempting({ resource: "support" }),
    resources: [open],
    finds: stays,
  },
  {
    title: "exempts no longer once it is expired",
    organisation: exempting({ until: past }),
    resources: [open],
    finds: stays,
  },
  {
    title: "exempts from nothing until a day that never comes",
    organisation: exempting({ until: "2999-02-30" }),
    resources: [open],
    finds: stays,
  },
  {
    title: "exempts from what is not known yet as well",
    organisation: exempting({}),
    resources: [
      { ...open, inputs: { assumeRolePolicy: unknownText } },
      role("other", {
        assumeRolePolicy: document(trusts({ AWS: unknownText })),
      }),
    ],
    finds: [{ resource: "other", kind: "unknown" }],
  },
];

describe("an exemption", () => {
  testRows(rule, rows);

  it("holds for what the whole stack shows, at the resource to fix", () => {
    const resources = [iam("User", "ada", { name: "ada" })];
    const find = (organisation: object) =>
      foundBy("users-are-in-the-mfa-group", {
        stack: bastionStack,
        resources,
        organisation,
      });
    assert.equal(find({}).length, 1);
    assert.equal(
      find(exempting({ stack: bastionStack, resource: "ada" })).length,
      0,
    );
  });

  it("holds on its last day, and not on the next", () => {
    const one = {
      rule: undefined,
      stack: undefined,
      resource: urn,
      reason,
      until: "2026-02-28",
    };
    const place = { rule, name: "support", urn };
    assert.ok(isExempt([one], place, "2026-02-28"));
    assert.ok(!isExempt([one], place, "2026-03-01"));
    assert.ok(!isExpired(one, "2026-02-28"));
    assert.ok(isExpired(one, "2026-03-01"));
  });

  it("becomes a finding itself when it is expired, with its reason", () => {
    const [found, ...others] = foundBy("organisation", {
      resources: [],
      organisation: exempting({ until: past, rule }),
    });
    assert.deepEqual(others, []);
    for (const piece of [urn, rule, past, reason, "Fix: "]) {
      assert.ok(found?.message.includes(piece), found?.message);
    }
  });

  it("is a finding when it names a resource without its stack", () => {
    const [found, ...others] = foundBy("organisation", {
      resources: [],
      organisation: exempting({ resource: "support" }),
    });
    assert.deepEqual(others, []);
    assert.match(found?.message ?? "", /support names no stack.*Fix: /s);
  });

  it("is a finding when there is no such day or no such rule", () => {
    const messages = foundBy("organisation", {
      resources: [],
      organisation: exempting({
        until: "2999-02-30",
        rule: "people-need-mfas",
      }),
    }).map(({ message }) => message);
    assert.equal(messages.length, 2);
    assert.ok(messages.some((one) => one.includes("2999-02-30")));
    assert.ok(
      messages.some(
        (one) => one.includes("people-need-mfas") && one.includes(rule),
      ),
    );
  });
});
