import {
  anyMfa,
  withMfaOlderThan,
  withoutMfa,
} from "../../../policy-pack/decide/mfa";
import {
  actionKey,
  isMissing,
  literal,
} from "../../../policy-pack/decide/literal";
import {
  layersOf,
  type Permissions,
} from "../../../policy-pack/decide/permissions";
import { mayChangeIam } from "../../../policy-pack/decide/powers";
import { isAws } from "../../../policy-pack/decide/principal";
import { whoMayUse } from "../../../policy-pack/decide/resource-policy";
import { iamResources } from "../../../policy-pack/decide/resource-sets";
import { search, type Verdict } from "../../../policy-pack/decide/search";
import {
  isForeignTo,
  isOf,
  outsideOf,
  whoMayAssume,
  type TrustClass,
} from "../../../policy-pack/decide/trust";
import { permissionsOf } from "../../../policy-pack/identities/permissions";
import type { HeldPolicy } from "../../../policy-pack/identities/identity";
import { readWell } from "../decide/reading";
import type { Known } from "./questions";

/** What the policy pack answers, asked as its rules ask. */

const assumes = (trust: unknown, asked: Partial<TrustClass>): Verdict =>
  whoMayAssume(readWell(trust, "trust"), {
    counts: () => true,
    mfa: [anyMfa],
    accounts: [],
    ...asked,
  });

export const foreignersAssume = (trust: unknown, known: Known): Verdict =>
  assumes(trust, {
    counts: isForeignTo(known.accounts),
    accounts: known.accounts,
    given: outsideOf(known.organisations),
  });

export const anybodyAssumesWithoutMfa = (
  trust: unknown,
  except: readonly string[],
): Verdict =>
  assumes(trust, {
    counts: ({ caller }) =>
      isAws(caller) && !except.includes(caller.account ?? ""),
    mfa: withoutMfa,
    accounts: ["111111111111", ...except],
  });

export const usersAssumeWithMfaOlderThan = (
  trust: unknown,
  seconds: number,
): Verdict =>
  assumes(trust, {
    counts: ({ caller }) => caller.kind === "user",
    mfa: [withMfaOlderThan(seconds)],
    accounts: ["111111111111"],
  });

export const vendorAssumesWithoutId = (
  trust: unknown,
  vendor: string,
): Verdict =>
  assumes(trust, {
    counts: isOf([vendor]),
    accounts: [vendor],
    given: [isMissing("sts:ExternalId")],
  });

export const foreignersUse = (policy: unknown, known: Known): Verdict => {
  const isForeign = isForeignTo(known.accounts);
  return whoMayUse(readWell(policy, "resource"), {
    counts: (one) => one.caller.kind === "anonymous" || isForeign(one),
    accounts: known.accounts,
    given: outsideOf(known.organisations),
  });
};

/** A role of the own account with these documents. */
interface Holder {
  readonly account: string;
  readonly name: string;
  readonly documents: readonly unknown[];
  readonly boundary: unknown;
}

function permissions(holder: Holder): Permissions {
  const { account, name, documents, boundary } = holder;
  return permissionsOf({
    kind: "role",
    name,
    account,
    resource: undefined,
    policies: documents.map(held),
    boundary: boundary === undefined ? undefined : held(boundary),
    groups: [],
    mayBeInMoreGroups: false,
  });
}

const held = (document: unknown): HeldPolicy => ({
  resource: {
    type: "",
    name: "",
    urn: "",
    inputs: {},
    outputs: {},
    // Requests are asked about in this region, and its partition.
    provider: { urn: "", properties: { region: "us-east-1" } },
    propertyDependencies: {},
  },
  field: "policy",
  content: { kind: "document", document: readWell(document, "identity") },
  form: "inline",
  name: undefined,
});

export const sessionChangesIam = (holder: Holder): Verdict =>
  mayChangeIam(permissions(holder));

/** Any resource of the type, with the names that IAM gives: as the rules ask for each write. */
export function sessionRequests(
  holder: Holder,
  action: string,
  type: string,
): Verdict {
  const asking = permissions(holder);
  const { caller, given, derived, preferred } = asking.caller;
  return search({
    layers: layersOf(asking),
    caller,
    given: [
      ...given,
      literal("StringEquals", actionKey, action),
      literal("StringEquals", "aws:RequestedRegion", "us-east-1"),
    ],
    derived: iamResources(
      { partition: "aws", account: holder.account, otherAccounts: [] },
      type,
      derived,
    ),
    preferred,
  });
}
