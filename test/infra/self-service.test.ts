import assert from "node:assert/strict";
import { documentText } from "../../infra/documents/policy-document";
import { quotas } from "../../infra/documents/quotas";
import { planGroups } from "../../infra/groups";
import { userMay, type Mfa } from "../access/decide";
import { plannedUsers } from "../access/planned";
import { bastionConfig } from "./config-of";

const account = "111111111111";
const own = `arn:aws:iam::${account}:user/ada`;
const others = `arn:aws:iam::${account}:user/dolores`;

const configWith = (selfService: string) =>
  bastionConfig(`
bastionAccountId: "${account}"
accounts: { dev: { id: "222222222222" } }
users: { ada: , dolores: { programmaticAccess: false } }
selfService: ${selfService}
`);

const fresh: Mfa = { kind: "with", ageSeconds: 60 };
const old: Mfa = { kind: "with", ageSeconds: 3_600 };
const without: readonly Mfa[] = [{ kind: "no key" }, { kind: "without" }];

/** What a key of `selfService` opens: reading takes MFA, and changing takes fresh MFA. */
const keys = {
  listUsers: { reads: ["ListUsers"], changes: [] },
  signingCertificates: {
    reads: ["ListSigningCertificates"],
    changes: [
      "DeleteSigningCertificate",
      "UpdateSigningCertificate",
      "UploadSigningCertificate",
    ],
  },
  sshKeys: {
    reads: ["GetSSHPublicKey", "ListSSHPublicKeys"],
    changes: ["DeleteSSHPublicKey", "UpdateSSHPublicKey", "UploadSSHPublicKey"],
  },
} as const;

const all = `{ ${Object.keys(keys)
  .map((key) => `${key}: true`)
  .join(", ")} }`;

describe("self-service that config adds", () => {
  const may = (name: string, selfService: string) => {
    const users = plannedUsers(configWith(selfService));
    const user = users.find((one) => one.name === name);
    assert.ok(user);
    return (action: string, resource: string, mfa: Mfa) =>
      userMay(user, `iam:${action}`, resource, mfa);
  };

  /** What the calls of a key are about; the list of users is about none. */
  const placeOf = (key: string): string => (key === "listUsers" ? "*" : own);

  for (const [key, { reads, changes }] of Object.entries(keys)) {
    const on = `{ ${key}: true }`;
    const at = placeOf(key);

    it(`is off: ${key}`, async () => {
      const ada = may("ada", "{}");
      for (const action of [...reads, ...changes]) {
        assert.equal(await ada(action, at, fresh), false, action);
      }
    });

    it(`is for oneself, with MFA, and fresh MFA to change anything: ${key}`, async () => {
      const ada = may("ada", on);
      for (const action of [...reads, ...changes]) {
        assert.equal(await ada(action, at, fresh), true, action);
        for (const mfa of without) {
          assert.equal(await ada(action, at, mfa), false, action);
        }
      }
      for (const action of reads) {
        assert.equal(await ada(action, at, old), true, action);
      }
      for (const action of changes) {
        assert.equal(await ada(action, at, old), false, action);
        assert.equal(await ada(action, others, fresh), false, action);
      }
    });

    it(`opens nothing that another key is for: ${key}`, async () => {
      const ada = may("ada", on);
      for (const [other, { reads: one, changes: two }] of Object.entries(
        keys,
      )) {
        if (other === key) continue;
        for (const action of [...one, ...two]) {
          assert.equal(await ada(action, placeOf(other), fresh), false, action);
        }
      }
    });
  }

  it("makes no credential of a user without programmatic access, and takes one away", async () => {
    const dolores = may("dolores", all);
    for (const kind of ["SSHPublicKey", "SigningCertificate"]) {
      for (const verb of ["Upload", "Update"]) {
        const action = verb + kind;
        assert.equal(await dolores(action, others, fresh), false, action);
      }
      assert.equal(await dolores(`Delete${kind}`, others, fresh), true, kind);
    }
  });

  it("fits the group, with all of it on", () => {
    const [everybody] = planGroups(configWith(all));
    const size = Object.values(everybody?.inlinePolicies ?? {})
      .map((document) => documentText(document).length)
      .reduce((sum, characters) => sum + characters, 0);
    assert.ok(size <= quotas.groupInlineCharacters, `${size} characters`);
  });
});
