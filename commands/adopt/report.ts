import { stackFileName } from "../../infra/config/from-files";
import type { LiveKey, LiveUser } from "../accounts/live-account";
import type { Project } from "./project";
import { stages, stillMember } from "./plan";
import { needsDevice, notTakenOver } from "./proof";
import { removalText } from "./removal";
import { isDone, type Standing } from "./take-over";

/** Names of the proposed files, in the folder that they are written to. */
export const filesOf = ({ stack }: Project) => ({
  stackFile: stackFileName(stack),
  importFile: `${stack}.import.json`,
});

/** Where the take-over stands, for a person: in the order in which it is safe to go on. */
export function standingText(standing: Standing, project: Project): string {
  const { account } = standing;
  const { users, groups, roles } = account;
  return [
    `Account ${account.accountId}: ${users.length} users, ${groups.length} groups, ${roles.length} roles.`,
    "",
    ...(isDone(standing)
      ? [
          "Nothing is left to do: all users are in the stack, with MFA, and hold nothing beside it.",
        ]
      : [
          ...chapter("1. Access through the stack", [
            ...throughStack(standing, project),
            ...standing.proposed.heldBack.flatMap(({ user, why }) => [
              `${user} is held back:`,
              `  ${why}`,
            ]),
          ]),
          ...chapter("2. What is not proven yet", unproven(standing)),
          ...chapter(
            '3. What --apply removes: what "can go" now, the rest when it no longer waits',
            removals(standing),
          ),
        ]),
  ].join("\n");
}

const chapter = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? [`${title}: nothing left to do.`, ""]
    : [title, ...lines.map((line) => `   ${line}`), ""];

function throughStack(
  { account, proposed: { proposal } }: Standing,
  project: Project,
): readonly string[] {
  if (proposal === undefined) return [];
  const { stackFile, importFile } = filesOf(project);
  const users = account.users.filter(({ name }) =>
    proposal.users.includes(name),
  );
  return [
    `To take over ${proposal.users.join(", ")}, look through`,
    `${stackFile} and ${importFile}, then run`,
    `  pulumi stack select --create ${project.stack}`,
    `  pulumi import --stack ${project.stack} --file ${importFile} --protect=false --generate-code=false`,
    `  pulumi up --stack ${project.stack}`,
    "and deploy the workload accounts' roles. From then on these users need MFA;",
    "those without a device sign in with their password and enrol one.",
    ...users
      .filter(({ accessKeys }) => accessKeys.some(isActive))
      .map(keyInUse),
  ];
}

const isActive = (key: LiveKey): boolean => key.isActive;

/** A program can't give a code: whoever runs one has to know before it stops. */
function keyInUse({ name, accessKeys }: LiveUser): string {
  const uses = accessKeys.flatMap(({ lastUsedAt }) => lastUsedAt ?? []);
  const last = uses.sort((a, b) => b.getTime() - a.getTime())[0];
  const used =
    last === undefined
      ? "never used"
      : `last used ${last.toISOString().slice(0, 10)}`;
  return `${name}'s access key (${used}) will need an MFA code: a program that uses it stops.`;
}

/** What is still missing, but for what the other chapters say. */
function unproven(standing: Standing): readonly string[] {
  const { account, withoutMfa, steps, unread } = standing;
  const listedElsewhere = new Set([
    ...account.users.map(({ name }) => notTakenOver(name)),
    ...account.users.flatMap(({ name, groups }) =>
      groups.map((group) => stillMember(name, group)),
    ),
    ...withoutMfa.map(needsDevice),
  ]);
  const missing = new Set(steps.flatMap(({ waitsFor }) => waitsFor));
  return [
    ...unread.map(({ name, why }) => `${name} could not be read: ${why}`),
    ...withoutMfa.map(needsDevice),
    ...[...missing].filter((line) => !listedElsewhere.has(line)),
  ];
}

const removals = ({ steps }: Standing): readonly string[] =>
  stages.flatMap((stage) => {
    const here = steps.filter((step) => step.stage === stage);
    return here.length === 0
      ? []
      : [
          `${stage}:`,
          ...here.map(
            ({ removal, waitsFor }) =>
              `  ${waitsFor.length === 0 ? "can go" : "waits "}  ${removalText(removal)}`,
          ),
        ];
  });
