/** A stack's state, as `pulumi stack export` gives it: what is looked at of it. */
export interface ExportedStack {
  readonly version: number;
  /** Left out of a stack that was never deployed. */
  readonly deployment?: ExportedDeployment;
}

export interface ExportedDeployment {
  /** When it was written down. */
  readonly manifest?: { readonly time?: string };
  readonly resources?: readonly ExportedResource[];
  readonly pending_operations?: readonly PendingOperation[];
}

export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  /** The URN of what it belongs to. */
  readonly parent?: string;
  /** URNs of what it is made after. */
  readonly dependencies?: readonly string[];
  /** Whether a provider makes it: components are made by the engine alone. */
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** `urn::id` of the provider. */
  readonly provider?: string;
  /** Replaced already, and to be deleted. */
  readonly delete?: boolean;
  /** Deleted already, and to be made anew. */
  readonly pendingReplacement?: boolean;
}

/** Whether the engine alone makes it, as a component or a provider: nothing in AWS stands for it. */
export const isWithoutAws = ({
  custom,
  type,
}: Pick<ExportedResource, "custom" | "type">): boolean =>
  !custom || type.startsWith("pulumi:");

/** What the engine was doing when it wrote the state down. */
export interface PendingOperation {
  readonly resource: ExportedResource;
  readonly type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

/** @throws SyntaxError for a text that is not JSON. */
export const parseExportedStack = (text: string): ExportedStack =>
  JSON.parse(text) as ExportedStack;

export const resourcesOf = ({
  deployment,
}: ExportedStack): readonly ExportedResource[] => deployment?.resources ?? [];

export const pendingOperationsOf = ({
  deployment,
}: ExportedStack): readonly PendingOperation[] =>
  deployment?.pending_operations ?? [];

/**
 * What the engine has deleted in order to make it anew, and did not get to. The next `pulumi up` makes it,
 * and may then delete it as the original (pulumi/pulumi, pkg/resource/deploy/step_generator.go, 3.259).
 */
export const halfReplacedIn = (
  stack: ExportedStack,
): readonly ExportedResource[] =>
  resourcesOf(stack).filter(
    ({ pendingReplacement }) => pendingReplacement === true,
  );

/**
 * What was replaced, and the engine did not get to delete. The next `pulumi up` deletes it, and neither its
 * preview nor its summary counts that: an old role stays open without a word.
 */
export const toBeDeletedIn = (
  stack: ExportedStack,
): readonly ExportedResource[] =>
  resourcesOf(stack).filter((resource) => resource.delete === true);

/** The logical name at the end of a URN. */
export const logicalName = (urn: string): string =>
  urn.split("::").slice(3).join("::");
