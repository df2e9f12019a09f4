import { federatedProviders } from "../../policy-pack/decide/federation";
import { readTexts, unlessUnreadable } from "../accounts/documents";
import type { LiveOrganisation, NamedAccount } from "../accounts/organisation";
import { rolesIn, type ExpectedAccess } from "./expected";
import type { ExpectedRole } from "./expected-role";
import type { FindingKind } from "./finding-kinds";
import type { AccountFinding } from "./findings";
import { groupBy } from "./group-by";

/** Why a role is not said to be as the config has it; the first that holds. */
export type MachineRoleDoubt =
  "differs" | "undecided" | "not read" | "found" | "accepted";

/** A role that no person takes, in the accounts where it stands alike. */
export interface MachineRoleReport {
  readonly role: string;
  /** By name. */
  readonly accounts: readonly string[];
  /** As the config has it. */
  readonly takenBy: string;
  /** Whether all of it was read, and nothing was found about it, also nothing that is accepted. */
  readonly isAsConfigured: boolean;
  /** Left out: it is as the config has it. */
  readonly doubt?: MachineRoleDoubt;
}

/** What was found about the accounts. */
interface Found {
  readonly findings: readonly AccountFinding[];
  /** By exemptions. */
  readonly accepted: readonly AccountFinding[];
}

/** Who takes the roles that no person does, in the order of the config; of accounts that were not read too. */
export function machineRoleReports(
  organisation: LiveOrganisation,
  expected: ExpectedAccess,
  found: Found,
): readonly MachineRoleReport[] {
  const known = {
    findings: aboutSubject(found.findings),
    accepted: aboutSubject(found.accepted),
  };
  const rolesOf = (
    account: Pick<NamedAccount, "id" | "name">,
    doubtOf: (meant: ExpectedRole) => MachineRoleDoubt | undefined,
  ) =>
    rolesIn(expected, account).flatMap((meant) => {
      const { takenBy } = meant;
      if (takenBy === null) return [];
      return { meant, takenBy, account: account.name, doubt: doubtOf(meant) };
    });
  const all = [
    ...organisation.accounts.flatMap((account) =>
      rolesOf(account, (meant) => doubtAbout(account, meant, known)),
    ),
    ...organisation.unread
      .filter(({ part }) => part === undefined)
      .flatMap((account) => rolesOf(account, () => "not read")),
  ];
  return [
    ...groupBy(all, ({ meant, takenBy, doubt }) =>
      JSON.stringify([meant.name, takenBy, doubt]),
    ).values(),
  ].map((alike) => {
    const [{ meant, takenBy, doubt }] = alike;
    return {
      role: meant.name,
      accounts: alike.map(({ account }) => account),
      takenBy,
      isAsConfigured: doubt === undefined,
      ...(doubt === undefined ? {} : { doubt }),
    };
  });
}

type BySubject = ReadonlyMap<string, readonly AccountFinding[]>;

const aboutSubject = (findings: readonly AccountFinding[]): BySubject =>
  groupBy(findings, ({ subject }) => subject);

const undecidedKinds: readonly FindingKind[] = [
  "undecided",
  "power-undecided",
  "comparison-undecided",
];

/** By what was found about the role, its boundary, and the identity providers whose tokens it takes. */
function doubtAbout(
  account: NamedAccount,
  meant: ExpectedRole,
  known: { readonly findings: BySubject; readonly accepted: BySubject },
): MachineRoleDoubt | undefined {
  const { live } = account;
  const providers = providersOf(meant);
  const boundary = meant.boundaryArn === null ? [] : [meant.boundaryArn];
  const there = live.roles.find(({ name }) => name === meant.name);
  const arn =
    there?.arn ?? `arn:${live.partition}:iam::${account.id}:role/${meant.name}`;
  const about = (all: BySubject) =>
    [arn, ...boundary, ...providers].flatMap((one) => all.get(one) ?? []);
  const found = about(known.findings);
  const isAccepted = about(known.accepted).length > 0;
  const errors = found.filter(({ level }) => level === "error");
  if (errors.some(({ rule }) => !undecidedKinds.includes(rule)))
    return "differs";
  if (there === undefined && !isAccepted) return "differs";
  if (errors.length > 0) return "undecided";
  const areProvidersRead = !live.unreadParts?.has("the identity providers");
  if (providers.length > 0 && !areProvidersRead) return "not read";
  if (found.length > 0) return "found";
  return isAccepted ? "accepted" : undefined;
}

/** ARNs of those whose tokens the config has it take. A trust that can't be read is a finding by itself. */
function providersOf({ name, trust }: ExpectedRole): readonly string[] {
  const text = JSON.stringify(trust);
  const providers = unlessUnreadable(() =>
    readTexts([{ name, text }], "trust").flatMap((one) =>
      federatedProviders(one),
    ),
  );
  return typeof providers === "string" ? [] : providers;
}
