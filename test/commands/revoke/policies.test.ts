import assert from "node:assert/strict";
import { policiesToPut } from "../../../commands/revoke/policies";
import { bastionConfig, workloadConfig } from "../../infra/config-of";

const id = "111111111111";

/** Sessions that were opened before may still run. */
const aMomentAgo = new Date().toISOString().replace(/\.\d+/, "");

/** The accounts, each with the roles and groups that get a policy. */
const placesIn = (accounts: string) => {
  const shared = `
bastionAccountId: "${id}"
accounts: ${accounts}
auditor: true
revokedSessions: { ada: "${aMomentAgo}" }
`;
  const config = bastionConfig(`${shared}users: { ada: }`);
  return policiesToPut(config, [workloadConfig(shared)]).map(
    ({ id: account, name, policies }) =>
      [name, account, ...policies.map((one) => one.name)].join(" "),
  );
};

describe("where a user's sessions are closed", () => {
  it("is the bastion, and every workload account", () => {
    assert.deepEqual(placesIn('{ dev: { id: "222222222222" } }'), [
      `bastion ${id} bastion-users Auditor`,
      "dev 222222222222 PowerUser OpsSudo ReadOnly Auditor",
    ]);
  });

  it("is once a single account, with its groups and its roles", () => {
    assert.deepEqual(placesIn(`{ main: { id: "${id}" } }`), [
      `main ${id} bastion-users PowerUser OpsSudo ReadOnly Auditor`,
    ]);
  });
});
