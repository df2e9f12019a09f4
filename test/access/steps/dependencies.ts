/** A resource of a stack's state, as far as the order of changes goes by it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  /** It leads to one account. */
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<
    Record<string, readonly string[] | null>
  >;
}

interface State {
  readonly deployment: { readonly resources: readonly StateResource[] };
}

/**
 * The graph by which the engine orders changes: a resource is made and changed after all that it depends
 * on, and removed before. Whatever else the engine does, it may do in any order, or at once.
 */
export class Dependencies {
  readonly resources: readonly StateResource[];
  private readonly byUrn: ReadonlyMap<string, StateResource>;
  private readonly known = new Map<string, ReadonlySet<string>>();

  /** @param exported a stack's state */
  constructor(exported: string) {
    this.resources = (JSON.parse(exported) as State).deployment.resources;
    this.byUrn = new Map(this.resources.map((one) => [one.urn, one]));
  }

  /** Whether the one always comes after the other, and goes before it. */
  isAfter(one: StateResource, other: StateResource): boolean {
    return this.before(one.urn).has(other.urn);
  }

  private before(urn: string): ReadonlySet<string> {
    const known = this.known.get(urn);
    if (known) return known;
    const direct = directly(this.byUrn.get(urn));
    const all = new Set([
      ...direct,
      ...direct.flatMap((one) => [...this.before(one)]),
    ]);
    this.known.set(urn, all);
    return all;
  }
}

const directly = (resource: StateResource | undefined): readonly string[] =>
  resource === undefined
    ? []
    : [
        ...(resource.parent === undefined ? [] : [resource.parent]),
        ...(resource.dependencies ?? []),
        ...Object.values(resource.propertyDependencies ?? {}).flatMap(
          (urns) => urns ?? [],
        ),
      ];
