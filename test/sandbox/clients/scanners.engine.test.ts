import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run, type Finished } from "../../../sandbox/engine/run";
import { DeployedStacks } from "./deployed";
import { findProgram, titleOf, type Found } from "./find";

const account = "111111111111";
const administrator = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
const users = ["ada", "bashir", "chen", "dolores"];
const groups = [
  "bastion-users",
  "console-only",
  "team-analysts",
  "team-developers",
  "team-operations",
];

type Scan = (
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
) => Promise<Finished>;

/** Reads what a scanner has written. */
const json = (...path: readonly string[]): unknown =>
  JSON.parse(readFileSync(join(...path), "utf8"));

const names = (things: readonly object[], key: string): unknown[] =>
  things
    .map((thing) => (thing as Readonly<Record<string, unknown>>)[key])
    .sort();

describe("scanners see the bastion as the stack has made it", () => {
  let deployed: DeployedStacks;
  let environment: Record<string, string>;

  before(async () => {
    deployed = await DeployedStacks.start();
    environment = await deployed.administrator(account);
  });

  after(async () => {
    await deployed.close();
  });

  /** A folder of the scanner's own. */
  const folder = (name: string): string => {
    const path = join(deployed.folder, name);
    mkdirSync(path);
    return path;
  };

  /** What a scanner is to do, where it is installed. */
  function scanner(name: string, found: Found, tests: (scan: Scan) => void) {
    const title = titleOf(name, found);
    if ("missing" in found) {
      describe.skip(title, () => {
        it("scans the bastion");
      });
      return;
    }
    describe(title, () => {
      tests(async (args, more = {}) => {
        const finished = await run(found.path, args, {
          environment: { ...environment, ...more },
        });
        assert.equal(finished.code, 0, finished.stderr + finished.stdout);
        return finished;
      });
    });
  }

  scanner(
    "prowler",
    findProgram("prowler", ["--version"], /Prowler (\d[\d.]+)/, "no prowler"),
    (scan) => {
      /**
       * By check, how many things pass and how many fail. Its check for ways up is not among them: it
       * passes what it can't decide. Those of pmapper and cloudsplaining are, below.
       */
      const expected = {
        iam_password_policy_minimum_length_14: { PASS: 1 },
        iam_password_policy_reuse_24: { PASS: 1 },
        iam_user_mfa_enabled_console_access: { PASS: 4 },
        // A phone, and three users who have not signed in yet.
        iam_user_hardware_mfa_enabled: { FAIL: 4 },
        // Root among them.
        iam_rotate_access_key_90_days: { PASS: 5 },
        iam_policy_attached_only_to_group_or_roles: { PASS: 4 },
        iam_inline_policy_no_administrative_privileges: { PASS: 7 },
        iam_group_administrator_access_policy: { PASS: 5 },
        iam_role_administratoraccess_policy: { FAIL: 1 },
        iam_support_role_created: { FAIL: 1 },
      };

      it("finds in IAM what passes and what fails", async () => {
        const output = folder("prowler");
        await scan([
          ...["aws", "--service", "iam", "--region", "us-east-1"],
          ...["--output-formats", "json-ocsf", "--no-banner"],
          ...["--output-directory", output, "--output-filename", "bastion"],
          "--ignore-exit-code-3",
        ]);
        const found: Record<string, Record<string, number>> = {};
        for (const one of json(output, "bastion.ocsf.json") as readonly {
          readonly status_code: string;
          readonly metadata: { readonly event_code: string };
        }[]) {
          const counts = (found[one.metadata.event_code] ??= {});
          counts[one.status_code] = (counts[one.status_code] ?? 0) + 1;
        }
        assert.deepEqual(
          Object.fromEntries(
            Object.keys(expected).map((check) => [check, found[check]]),
          ),
          expected,
        );
      });
    },
  );

  scanner(
    "pmapper",
    // It tells no version.
    findProgram("pmapper", ["--help"], /pmapper/, "no pmapper that starts"),
    (scan) => {
      const stored = () => ({
        PMAPPER_STORAGE: join(deployed.folder, "pmapper"),
      });

      it("draws a graph of all users, roles and groups", async () => {
        await scan(["graph", "create", "--ignore-orgs"], stored());
        const graph = join(deployed.folder, "pmapper", account, "graph");
        const nodes = json(graph, "nodes.json") as readonly {
          readonly arn: string;
          readonly is_admin: boolean;
        }[];
        assert.deepEqual(
          names(nodes, "arn"),
          [
            administrator,
            ...users.map((name) => `arn:aws:iam::${account}:user/${name}`),
          ].sort(),
        );
        assert.deepEqual(
          names(
            nodes.filter(({ is_admin: isAdmin }) => isAdmin),
            "arn",
          ),
          [administrator],
        );
        assert.deepEqual(
          names(json(graph, "groups.json") as readonly object[], "arn"),
          groups.map((name) => `arn:aws:iam::${account}:group/${name}`),
        );
      });

      it("finds nobody but the deployment's role who may make users, or get to it", async () => {
        for (const query of ["who can do iam:CreateUser", "preset privesc *"]) {
          const { stdout } = await scan(
            ["--account", account, "query", query],
            stored(),
          );
          assert.match(
            stdout,
            /^role\/OrganizationAccountAccessRole IS|^role\/OrganizationAccountAccessRole is an administrative principal/,
          );
          assert.equal(stdout.trim().split("\n").length, 1, stdout);
        }
      });
    },
  );

  scanner(
    "cloudsplaining",
    findProgram(
      "cloudsplaining",
      ["--version"],
      /version (\d[\d.]+)/,
      "no cloudsplaining",
    ),
    (scan) => {
      it("downloads all users, groups and roles, and finds no way up in the stack's policies", async () => {
        const output = folder("cloudsplaining");
        await scan(["download", "--output", output]);
        const details = json(output, "default.json") as Readonly<
          Record<string, readonly object[]>
        >;
        assert.deepEqual(
          names(details["UserDetailList"] ?? [], "UserName"),
          users,
        );
        assert.deepEqual(
          names(details["GroupDetailList"] ?? [], "GroupName"),
          groups,
        );
        assert.deepEqual(names(details["RoleDetailList"] ?? [], "Arn"), [
          administrator,
        ]);

        const input = join(output, "default.json");
        await scan([
          ...["scan", "--input-file", input, "--output", output],
          "--skip-open-report",
        ]);
        const { inline_policies: policies } = json(
          output,
          "iam-findings-default.json",
        ) as {
          readonly inline_policies: Readonly<
            Record<
              string,
              { readonly PrivilegeEscalation: { readonly findings: object[] } }
            >
          >;
        };
        assert.equal(Object.keys(policies).length, 7);
        assert.deepEqual(
          Object.values(policies).flatMap(
            ({ PrivilegeEscalation: { findings } }) => findings,
          ),
          [],
        );
      });
    },
  );
});
