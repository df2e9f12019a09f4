import fc from "fast-check";
import { allowAll, policies, trusts, type Document } from "./documents";

/** Everything that decides about what a session of a role in the development account asks for. */
export interface Policies {
  readonly identity: readonly Document[];
  /** The value of the session's tag `team`. */
  readonly sessionTag: "a" | "b" | undefined;
  readonly boundary: Document | undefined;
  /** Undefined where the session has all rights of its role. */
  readonly session: readonly Document[] | undefined;
  /** Of the root, and of the account. */
  readonly control: readonly [Document, Document];
  /** Of the roles that it takes: in its own account, and in another. */
  readonly trust: readonly [Document, Document];
}

export type PolicyKind = Exclude<keyof Policies, "sessionTag">;

export const randomPolicies = (
  organizationId: string,
  asked: readonly string[],
): fc.Arbitrary<Policies> => {
  const one = policies(organizationId, asked);
  const trust = trusts(organizationId);
  /** The first wide enough that the others decide. */
  const wide = fc.oneof({ weight: 4, arbitrary: fc.constant(allowAll) }, one);
  return fc.record({
    identity: fc.tuple(wide, one),
    sessionTag: fc.constantFrom("a", "b", undefined),
    boundary: fc.option(fc.oneof(wide, one), { freq: 3, nil: undefined }),
    session: fc.option(fc.array(one, { minLength: 1, maxLength: 3 }), {
      freq: 3,
      nil: undefined,
    }),
    control: fc.tuple(wide, wide),
    trust: fc.tuple(trust, trust),
  });
};
