/** What of the pages' commands is run, in which order, and what is not, and why. */
import type { Block } from "./shell-blocks";

/** Read first, by who has a clone and credentials. */
export const realAccounts = {
  page: "README.md",
  section: "Deploy it to real accounts",
} as const;

/** Read one after the other by who has deployed so: whole pages. */
export const afterwards: readonly string[] = [
  "docs/proof.md",
  "docs/upgrade.md",
  "docs/alarm.md",
  "docs/recovery.md",
  "docs/leavers.md",
  "docs/many-accounts.md",
  "docs/removal.md",
];

export interface NotRun {
  readonly page: string;
  /** How the commands begin. */
  readonly begin: readonly string[];
  /** A test that is named here is there. */
  readonly why: string;
}

const isInstalled = "the clone of the tests has the dependencies already";
const isTheTour = "test/sandbox/tour.engine.test.ts runs it";

export const notRun: readonly NotRun[] = [
  { page: "README.md", begin: ["npm start"], why: isTheTour },
  {
    page: "README.md",
    begin: ["npm run sandbox"],
    why: "it runs until it is stopped: test/sandbox/shell.engine.test.ts",
  },
  { page: "README.md", begin: ["npm ci"], why: isInstalled },
  {
    page: "README.md",
    begin: ["pulumi plugin install"],
    why: "it downloads the AWS plugin, in whose place the sandbox's provider stands",
  },
  { page: "docs/upgrade.md", begin: ["npm ci"], why: isInstalled },
  {
    page: "docs/upgrade.md",
    begin: ["pulumi stack change-secrets-provider"],
    why: "Pulumi's own client encrypts by a key of KMS, which the sandbox does not do",
  },
  {
    page: "docs/many-accounts.md",
    begin: [
      "pulumi stack select --create",
      "pulumi state move",
      "pulumi state delete",
    ],
    why: "they need a changed config: test/commands/deploy/deploy.engine.test.ts follows them, as npm run deploy prints them",
  },
  {
    page: "docs/pipeline.md",
    begin: ["gh api", "pulumi stack select --create"],
    why: "they need a repository at GitHub, and a key of KMS to encrypt by",
  },
  {
    page: "docs/take-over.md",
    begin: [
      "npm run adopt",
      "pulumi stack select",
      "pulumi import",
      "pulumi up",
    ],
    why: "they need an account that has users: test/commands/adopt/adopt.engine.test.ts",
  },
  {
    page: "examples/single-account/README.md",
    begin: [
      "cp examples/",
      "pulumi stack select",
      "pulumi up",
      "pulumi preview",
      "npm run verify",
    ],
    why: "they need an account of their own: test/examples/single-account.engine.test.ts",
  },
  {
    page: "policy-pack/README.md",
    begin: [
      "pulumi policy publish",
      "cd policy-pack",
      "npm run build",
      "npm pack",
    ],
    why: "publishing needs Pulumi Cloud: test/policy-pack/publish/publish.engine.test.ts stands in for it",
  },
  {
    page: "examples/template/README.md",
    begin: ["pulumi stack init", "pulumi config cp", "pulumi up"],
    why: "they need a project that pulumi new has made: test/examples/template.engine.test.ts",
  },
  {
    page: "policy-pack/README.md",
    begin: ["npm ci"],
    why: isInstalled,
  },
  {
    page: "policy-pack/README.md",
    begin: [
      "mkdir policy-pack",
      "tar -xzf",
      "npm install --prefix policy-pack",
    ],
    why: "they install from a registry: test/policy-pack/publish/publish.engine.test.ts unpacks the same tarball",
  },
  {
    page: "policy-pack/README.md",
    begin: ["pulumi preview", "pulumi stack export", "pulumi policy analyze"],
    why: "they need another team's stack: test/policy-pack/engine/stacks.engine.test.ts and test/policy-pack/exports.engine.test.ts",
  },
  { page: "CONTRIBUTING.md", begin: ["npm start"], why: isTheTour },
  {
    page: "CONTRIBUTING.md",
    begin: [
      "npm ci",
      "npm test",
      "npm run check",
      "npm run test:",
      "npx mocha",
    ],
    why: "they are the tests themselves, whose names test/repository/documents.test.ts holds",
  },
  {
    page: "CONTRIBUTING.md",
    begin: [
      "npm run bench",
      "npm run sbom",
      "npm run pictures",
      "npm run build:template",
      "npm run release",
    ],
    why: "they take minutes, and test/repository/documents.test.ts holds their names",
  },
  {
    page: "CONTRIBUTING.md",
    begin: [
      "python3",
      ".sandbox/clients/",
      "npm install --ignore-scripts",
      "sudo apt-get",
      "GOBIN=",
    ],
    why: "they install programs of others from the network",
  },
  {
    page: "sandbox/README.md",
    begin: [
      "pulumi preview",
      "npm run preview",
      "npm run deploy",
      "npm run verify",
      "npm run client-config",
      "aws --profile prod-readonly",
    ],
    why: "test/sandbox/shell.engine.test.ts runs them in the terminal that npm run sandbox sets up",
  },
  {
    page: "sandbox/README.md",
    begin: ["curl"],
    why: "test/sandbox/organisation.test.ts and test/sandbox/alarm.engine.test.ts ask the same of the sandbox",
  },
  {
    page: "sandbox/README.md",
    begin: ["deny=", "id=$(aws", "aws --profile organisation"],
    why: "test/sandbox/control-policies.engine.test.ts sets such policies",
  },
];

export const reasonOf = (page: string, command: string): NotRun | undefined =>
  notRun.find(
    (one) =>
      one.page === page && one.begin.some((begin) => command.startsWith(begin)),
  );

export const isRead = ({ page, section }: Block): boolean =>
  afterwards.includes(page) ||
  (page === realAccounts.page && section === realAccounts.section);
