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
  "policy-pack/README.md",
  "docs/removal.md",
];

/** Whose READMEs are followed in a sandbox each, whole. */
export const examples = [
  "single-account",
  "two-accounts",
  "govcloud",
  "fifty-accounts",
] as const;

export const readmeOf = (example: (typeof examples)[number]): string =>
  `examples/${example}/README.md`;

interface Some {
  readonly page: string;
  /** How the commands begin. */
  readonly begin: readonly string[];
}

/** Read from the page, and run, by a test that has what they need. */
export interface ReadElsewhere extends Some {
  /** The file that names the page. */
  readonly by: string;
}

export const readElsewhere: readonly ReadElsewhere[] = [
  {
    page: "examples/template/README.md",
    begin: ["pulumi"],
    by: "test/examples/template.engine.test.ts",
  },
  {
    page: "examples/check-another-team/README.md",
    begin: ["pulumi"],
    by: "test/examples/another-team.ts",
  },
  {
    page: "docs/take-over.md",
    begin: ["npm run adopt", "pulumi import"],
    by: "test/commands/adopt/adopt.engine.test.ts",
  },
  {
    page: "policy-pack/README.md",
    begin: ["pulumi policy publish", "mkdir policy-pack", "tar -xzf"],
    by: "test/policy-pack/publish/publish.engine.test.ts",
  },
  {
    page: "sandbox/README.md",
    begin: ["curl", "deny=", "id=$(aws", "aws --profile organisation"],
    by: "test/pages/sandbox-page.cli.test.ts",
  },
];

export interface NotRun extends Some {
  /** A test that is named here is there. */
  readonly why: string;
}

const isInstalled = "the clone of the tests has the dependencies already";
const isTheTour = "test/sandbox/tour.engine.test.ts runs it";
const isDownloaded = "they install programs of others from the network";

export const notRun: readonly NotRun[] = [
  { page: "README.md", begin: ["npm start"], why: isTheTour },
  {
    page: "README.md",
    begin: ["npm run sandbox"],
    why: "it runs until it is stopped: test/sandbox/shell.engine.test.ts starts the same program",
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
    page: "docs/pipeline.md",
    begin: ["gh api", "pulumi stack select --create"],
    why: "they need a repository at GitHub, and a key of KMS to encrypt by",
  },
  {
    page: "docs/take-over.md",
    begin: ["pulumi stack select", "pulumi up"],
    why: "test/commands/adopt/adopt.engine.test.ts makes and deploys both stacks after its import, with stack files outside the checkout",
  },
  {
    page: "examples/check-another-team/README.md",
    begin: ["npm ci", "npm run build", "python3", "venv/bin/pip"],
    why: "the clone of the tests is built, and CONTRIBUTING.md says where Python's packages are looked for",
  },
  {
    page: "policy-pack/README.md",
    begin: ["npm ci", "npm install --prefix policy-pack"],
    why: "they install from a registry: what is there already takes its place",
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
    begin: ["npm run bench"],
    why: "they measure for minutes, and test/repository/documents.test.ts holds their names",
  },
  {
    page: "CONTRIBUTING.md",
    begin: ["npm run sbom"],
    why: "test/repository/supply-chain.test.ts runs the same program",
  },
  {
    page: "CONTRIBUTING.md",
    begin: ["npm run pictures"],
    why: "it needs Chromium: test/pages/pictures/pictures.test.ts compares what it has made",
  },
  {
    page: "CONTRIBUTING.md",
    begin: ["npm run build:template"],
    why: "test/examples/template.test.ts builds it by the same function",
  },
  {
    page: "CONTRIBUTING.md",
    begin: ["npm run release"],
    why: "it changes versions in the repository that releases: test/release/changelog.test.ts and test/release/readiness.test.ts have its parts",
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
    why: isDownloaded,
  },
  {
    page: "sandbox/README.md",
    begin: ["pulumi", "npm run"],
    why: "test/sandbox/shell.engine.test.ts runs the same in the terminal that npm run sandbox sets up, npm run preview alone left out",
  },
  {
    page: "sandbox/README.md",
    begin: ["aws --profile prod-readonly"],
    why: "it asks for a code: test/sandbox/shell.engine.test.ts takes the profile's role with one, by the SDK from the same files",
  },
];

const isSomeOf = (some: Some, page: string, command: string): boolean =>
  some.page === page && some.begin.some((begin) => command.startsWith(begin));

/** Undefined: whoever reads the page is to run it. */
export const setApart = (
  page: string,
  command: string,
): NotRun | ReadElsewhere | undefined =>
  [...notRun, ...readElsewhere].find((one) => isSomeOf(one, page, command));

export const isRead = ({ page, section }: Block): boolean =>
  afterwards.includes(page) ||
  examples.map(readmeOf).includes(page) ||
  (page === realAccounts.page && section === realAccounts.section);
