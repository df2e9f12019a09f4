import { stackFileName } from "../../infra/config/from-files";
import type { LiveUser } from "../accounts/live-account";
import { counted } from "../formats/counted";
import { beside, wrapWords } from "../formats/wrap";
import type { Project } from "./project";
import { stillMember } from "./planner";
import { needsDevice, needsRole, notTakenOver } from "./proof";
import { removalText, type Removal } from "./removal";
import { canGo, stages, type Step } from "./step";
import { isDone, type Standing } from "./take-over";
import { keysLastUsedAt } from "./ways-in";

/** Names of the proposed files, in the folder that they are written to. */
export const filesOf = ({ stack }: Project) => ({
  stackFile: stackFileName(stack),
  importFile: `${stack}.import.json`,
});

/** Where the take-over stands, for a person: in the order in which it is safe to go on. */
export function standingText(
  standing: Standing,
  project: Project,
  width = 80,
): string {
  const { account, steps } = standing;
  const { users, groups, roles } = account;
  const layout = layoutIn(width);
  const chapters: readonly Chapter[] = [
    ["Access through the stack", throughStack(standing, project, layout)],
    ["What is not proven yet", unproven(standing, layout)],
    ["Programs, which get a role", programs(standing, layout)],
    ["What a person decides", decisions(standing, layout)],
    [
      'What --apply removes: what "can go" now, the rest when it no longer waits',
      removals(steps, layout),
    ],
  ];
  return [
    `Account ${account.accountId}: ${counted(users.length, "user")}, ${counted(groups.length, "group")}, ${counted(roles.length, "role")}.`,
    "",
    ...(isDone(standing)
      ? [
          layout.marked(
            "",
            "Nothing is left to do: all users are in the stack, with MFA, and hold nothing beside it.",
          ),
        ]
      : chapters
          .filter(([, lines]) => lines.length > 0)
          .flatMap(([title, lines], index) => [
            layout.marked(`${index + 1}. `, title),
            ...lines,
            "",
          ])),
  ].join("\n");
}

type Chapter = readonly [title: string, lines: readonly string[]];

const indent = "   ";

/** How a text stands in lines of so many cells. */
interface Layout {
  readonly marked: (mark: string, text: string) => string;
  readonly paragraph: (text: string) => string;
  /** Of a list. */
  readonly entry: (text: string) => string;
}

function layoutIn(width: number): Layout {
  const marked = (mark: string, text: string): string =>
    beside(mark, wrapWords(text, width - mark.length)).join("\n");
  return {
    marked,
    paragraph: (text) => marked(indent, text),
    entry: (text) => marked(`${indent}- `, text),
  };
}

const command = (...lines: readonly string[]): string =>
  lines.map((line) => `${indent}  ${line}`).join("\n");

function throughStack(
  standing: Standing,
  project: Project,
  layout: Layout,
): readonly string[] {
  const { proposal, heldBack } = standing.proposed;
  return [
    ...(proposal === undefined
      ? []
      : takeOverLines(standing, proposal.users, project, layout)),
    ...heldBack.map(({ user, why }) =>
      layout.entry(`${user} is held back: ${why}`),
    ),
  ];
}

function takeOverLines(
  { account }: Standing,
  names: readonly string[],
  project: Project,
  { entry, paragraph }: Layout,
): readonly string[] {
  const { stackFile, importFile } = filesOf(project);
  const { stack } = project;
  const users = account.users.filter(({ name }) => names.includes(name));
  return [
    paragraph(
      `To take over ${names.join(", ")}, look through ${stackFile} and ${importFile}, then run`,
    ),
    command(
      `pulumi stack select --create ${stack}`,
      `pulumi import --stack ${stack} --file ${importFile} \\`,
      `  --protect=false --generate-code=false`,
      `pulumi up --stack ${stack}`,
    ),
    paragraph(
      "and deploy the workload accounts' roles. From then on these users need MFA; those without a device sign in with their password and enrol one.",
    ),
    ...users
      .filter(({ accessKeys }) => accessKeys.some(({ isActive }) => isActive))
      .map((user) =>
        entry(
          `${user.name}'s access key (${lastUse(user)}) will need an MFA code: a program that uses it stops, and needs a role first.`,
        ),
      ),
  ];
}

function lastUse(user: LiveUser): string {
  const last = keysLastUsedAt(user);
  return last === undefined
    ? "never used"
    : `last used ${last.toISOString().slice(0, 10)}`;
}

/** What is still missing, but for what the other chapters say. */
function unproven(standing: Standing, { entry }: Layout): readonly string[] {
  const { account, withoutMfa, beside, steps, unread, proposed } = standing;
  const listedElsewhere = new Set([
    ...account.users.map(({ name }) => notTakenOver(name)),
    ...account.users.flatMap(({ name, groups }) =>
      groups.map((group) => stillMember(name, group)),
    ),
    ...proposed.programs.map(({ name }) => needsRole(name)),
    ...beside,
  ]);
  const missing = [
    ...withoutMfa.map(needsDevice),
    ...steps.flatMap(({ waitsFor }) => waitsFor),
  ];
  return [
    ...unread.map(({ name, why }) => `${name} could not be read: ${why}`),
    ...new Set(missing.filter((line) => !listedElsewhere.has(line))),
  ].map(entry);
}

/** Source: AWS documentation, "Security best practices in IAM", workloads and temporary credentials. */
const waysToARole = [
  "on EC2, ECS or Lambda: the role of the instance, the task or the function;",
  "on GitHub, GitLab or another CI: a role that trusts its OIDC tokens, pinned to the one repository;",
  "anywhere else: IAM Roles Anywhere, with a certificate.",
];

function programs(
  { proposed }: Standing,
  { entry, paragraph }: Layout,
): readonly string[] {
  const named = proposed.programs.map(
    (user) => `${user.name} (${lastUse(user)})`,
  );
  if (named.length === 0) return [];
  return [
    paragraph(
      `${named.join(", ")}: an access key in use, neither password nor MFA. A program can give no code, so it stays out of the stack, and gets a role:`,
    ),
    ...waysToARole.map(entry),
    paragraph(
      "Give the role what the program needs, run the program with it, and delete the user. Until then nothing of the user is removed. A person behind such a key gets a password.",
    ),
  ];
}

/** The other lists say the rest. */
const nameOf = (removal: Removal): string =>
  removal.kind === "role" ? `role ${removal.role}` : removalText(removal);

function decisions(
  { steps, beside }: Standing,
  { entry, paragraph }: Layout,
): readonly string[] {
  const staying = steps.filter(({ stays }) => stays.length > 0);
  return [
    ...beside.map((line) => entry(`${line}.`)),
    ...staying.map(({ removal, stays }) =>
      entry(`${nameOf(removal)} stays: ${stays.join("; ")}.`),
    ),
    ...(staying.some(({ removal }) => removal.kind === "role")
      ? [paragraph(roleDecision)]
      : []),
    ...(staying.some(({ removal }) => isOfPermissions(removal))
      ? [paragraph(denyDecision)]
      : []),
  ];
}

const isOfPermissions = ({ kind }: Removal): boolean =>
  kind === "policy" || kind === "membership";

const denyDecision =
  "Decide of each Deny whether it still guards something. No: remove it by hand, with what it stands in. Yes: keep its user or group as it is (--keep <name>).";

const roleDecision =
  "Decide of each role who needs it. Nobody: take those named out of its trust policy, and it can go. Somebody: take the people out of it instead, or keep it as it is (--keep <name>).";

const removals = (
  steps: readonly Step[],
  { marked, paragraph }: Layout,
): readonly string[] =>
  stages.flatMap((stage) => {
    const here = steps.filter((step) => step.stage === stage);
    return here.length === 0
      ? []
      : [
          paragraph(`${stage}:`),
          ...here.map((step) =>
            marked(`${indent}  ${stateOf(step)}  `, removalText(step.removal)),
          ),
        ];
  });

const stateOf = (step: Step): string =>
  canGo(step) ? "can go" : step.stays.length > 0 ? "stays " : "waits ";
