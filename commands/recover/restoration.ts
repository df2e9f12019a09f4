import { rmSync } from "node:fs";
import {
  logicalName,
  resourcesOf,
  type ExportedStack,
} from "../stacks/exported-stack";
import {
  readableBackups,
  readBackup,
  stateFilesOf,
  readState,
  type StateFiles,
} from "./backups";
import type { RecoveringStack } from "./recovering-stack";

/** How a state that can't be read is put back. */
export interface Restoration {
  /** What it is, and what changes by it, in words for a person. */
  readonly told: string;
  readonly restore: (stack: RecoveringStack) => Promise<void>;
}

export interface LostState {
  readonly folder: string;
  /** The project's name. */
  readonly project: string;
  readonly stack: string;
  /** In Pulumi's words. */
  readonly why: string;
  /** A file that the author has found. */
  readonly backup: string | undefined;
}

/** @throws Error with what to do where nothing to restore from is found. */
export async function planRestoration(lost: LostState): Promise<Restoration> {
  const files = await stateFilesOf(lost.folder, lost.project, lost.stack);
  if (typeof files === "string") return fromFile(lost, notHere(files, lost));
  const whole = readBackup(files.state);
  if (lost.backup === undefined && whole !== undefined) {
    return withoutNotes(lost, files);
  }
  const left = leftOf(files.state);
  if (lost.backup !== undefined) return fromFile(lost, "", left);
  const [newest] = readableBackups(files.backups);
  if (newest === undefined) {
    throw new Error(
      `${lost.why}, and none of its backups can be read (${files.backups.join(", ")}). Fix: name one that you have with --backup, or begin with an empty stack: pulumi stack rm --force --preserve-config ${lost.stack}, pulumi stack select --create ${lost.stack}, and this again with --search.`,
    );
  }
  return fromFile({ ...lost, backup: newest.file }, "", left);
}

/** The backend writes notes beside the state, and reads no state whose notes it can't. */
const withoutNotes = (
  { why }: LostState,
  { state, notes }: StateFiles,
): Restoration => ({
  told: `The state can't be read (${why}): ${state} is whole, and the backend's notes beside it are not. They are removed; the state stays as it is.`,
  restore: () => {
    rmSync(notes, { force: true });
    return Promise.resolve();
  },
});

function fromFile(
  { backup: file, why }: LostState,
  otherwise: string,
  left?: string,
): Restoration {
  if (file === undefined) throw new Error(otherwise);
  const backup = readBackup(file);
  if (backup === undefined) {
    throw new Error(
      `${file} is no state that can be read. Fix: name one that pulumi stack export has written, or a backend's checkpoint.`,
    );
  }
  return {
    told: [
      `The state can't be read (${why}). It is restored from ${file}, of ${new Date(backup.writtenAt).toISOString()}.`,
      ...differencesFrom(left, backup.stack),
    ].join("\n"),
    restore: (stack) => stack.put(backup.stack),
  };
}

/**
 * What the cut state still names, against what the backup has.
 *
 * @param left undefined: nobody could look
 */
export function differencesFrom(
  left: string | undefined,
  backup: ExportedStack,
): readonly string[] {
  const had = new Set(resourcesOf(backup).map(({ urn }) => urn));
  if (left === undefined) {
    return [
      `  It has ${had.size} resources. What is left of the state could not be read: what the backup lacks of it is looked for in the accounts.`,
    ];
  }
  const named = new Set(
    [...left.matchAll(/"urn":\s*"((?:[^"\\]|\\.)+)"/g)].map(
      ([, urn = ""]) => urn,
    ),
  );
  const lost = [...named].filter((urn) => !had.has(urn)).map(logicalName);
  const unseen = [...had].filter((urn) => !named.has(urn)).length;
  return [
    `  It has ${had.size} resources; what is left of the state names ${named.size}.`,
    ...(named.size === 0
      ? []
      : [
          lost.length === 0
            ? "  All that are named there are in it."
            : `  Not in it: ${lost.join(", ")}. They are looked for in the accounts.`,
        ]),
    ...(unseen === 0
      ? []
      : [`  ${unseen} of it are not named in what is left.`]),
  ];
}

/** undefined: it is not there, or can't be read. */
function leftOf(file: string): string | undefined {
  try {
    return readState(file);
  } catch {
    return undefined;
  }
}

const notHere = (url: string, { why, stack }: LostState): string =>
  url.startsWith("http")
    ? `${why}. Pulumi Cloud keeps each version of a state. Fix: pulumi stack history --stack ${stack}; pulumi stack export --stack ${stack} --version <n> > state.json; and this again with --backup state.json.`
    : `${why}. The states are in ${url}. Fix: fetch the one before, .pulumi/stacks/<project>/${stack}.json.bak, or one below .pulumi/backups, by the store's own client, or an earlier version of the object where the store keeps them; and run this again with --backup <file>.`;
