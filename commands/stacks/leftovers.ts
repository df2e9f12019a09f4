import {
  halfReplacedIn,
  pendingOperationsOf,
  type ExportedResource,
  type ExportedStack,
  type PendingOperation,
} from "./exported-stack";

/** What a deployment that was cut off has left, and `npm run recover` puts right. */
export type Leftover =
  | {
      /** Somebody deploys the stack, or did when they were cut off. */
      readonly kind: "lock";
      /** Who, and since when, in Pulumi's words. */
      readonly held: string;
    }
  | {
      readonly kind: "unreadable state";
      /** In Pulumi's words. */
      readonly why: string;
    }
  | {
      readonly kind: "pending operations";
      readonly operations: readonly PendingOperation[];
    }
  | {
      /** Deleted in order to be made anew. */
      readonly kind: "half replaced";
      readonly resources: readonly ExportedResource[];
    }
  | {
      /** There in AWS, and not in the state. */
      readonly kind: "made already";
      /** In AWS's words, one each. */
      readonly told: readonly string[];
    };

/** What is known of a stack: its state, and what Pulumi printed when it failed. */
export interface KnownOfStack {
  /** Left out: it could not be read, or was not. */
  readonly exported?: ExportedStack | undefined;
  readonly printed?: string | undefined;
}

/** Nothing where a failure has another cause. */
export const leftoversOf = ({
  exported,
  printed = "",
}: KnownOfStack): readonly Leftover[] => {
  const lines = printed.split("\n").map((line) => line.trim());
  const operations =
    exported === undefined ? [] : pendingOperationsOf(exported);
  const resources = exported === undefined ? [] : halfReplacedIn(exported);
  const told = [
    ...new Set(lines.filter((line) => madeAlready.test(line)).map(ofAws)),
  ];
  return [
    ...locks(lines),
    ...unreadable(lines),
    ...(operations.length === 0
      ? []
      : [{ kind: "pending operations" as const, operations }]),
    ...(resources.length === 0
      ? []
      : [{ kind: "half replaced" as const, resources }]),
    ...(told.length === 0 ? [] : [{ kind: "made already" as const, told }]),
  ];
};

/**
 * Of a backend of one's own, and of Pulumi Cloud. Source: pulumi/pulumi, pkg/backend/diy/lock.go and
 * pkg/backend/httpstate.
 */
const lock =
  /the stack is currently locked by|Another update is currently in progress/;

function locks(lines: readonly string[]): readonly Leftover[] {
  const first = lines.findIndex((line) => lock.test(line));
  if (first < 0) return [];
  const holders = lines
    .slice(first + 1)
    .filter((line) => / created by .+ \(pid \d+\) at /.test(line))
    // The lock's address says nothing to who reads it.
    .map((line) => line.replace(/^.*? created by /, ""));
  return [
    {
      kind: "lock",
      held: holders.join("; ") || (lines[first] ?? "").replace(/^error: /, ""),
    },
  ];
}

/** Source: pulumi/pulumi, pkg/backend/diy/state.go and pkg/resource/stack/checkpoint.go. */
const unreadableState =
  /failed to load checkpoint|snapshot integrity failure|could not deserialize deployment/;

function unreadable(lines: readonly string[]): readonly Leftover[] {
  const line = lines.find((one) => unreadableState.test(one));
  return line === undefined
    ? []
    : [{ kind: "unreadable state", why: line.replace(/^error: /, "") }];
}

/** IAM's code, KMS's, and the words of the provider. */
const madeAlready = /EntityAlreadyExists|AlreadyExistsException|already exists/;

const ofAws = (line: string): string =>
  line.replace(/^(\d+ errors? occurred:|error:|\*)\s*/, "");
