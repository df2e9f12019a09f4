import { tagsGiven } from "../decide/assume-role";
import { couldAllowIn, isAlwaysAllowed } from "../decide/could-allow";
import { Effort, mostSteps } from "../decide/effort";
import {
  actionsOf,
  escalationPaths,
  runsCode,
  servicesByTokens,
  type EscalationPath,
} from "../decide/escalation-paths";
import { federatedProviders, tokenMayAssume } from "../decide/federation";
import { literal, not, resourceKey, type Literal } from "../decide/literal";
import { layersOf, type Tags } from "../decide/permissions";
import { mayRequest, type Permissions } from "../decide/powers";
import {
  serviceMayAssume,
  servicesIn as servicesNamedIn,
} from "../decide/service-callers";
import { inMostRegions } from "../decide/service-targets";
import type { Resource } from "../resources/resource";
import { tagsOf } from "../resources/tags";
import type { UnknownValue } from "../resources/unknown-value";
import { grouped } from "../identities/grouped";
import { carriersOf, type Carrier } from "./carriers";
import { ofNothingNew, taggingOf } from "./tagging";
import { anyArnOf, type RoleNode, type StackRole } from "./role-node";

/** Whether a step can be taken; no request shows it where it takes several. */
export type StepVerdict =
  | { readonly answer: "open" | "closed" }
  | { readonly answer: "undecided"; readonly why: string };

/** A way to another role through what runs with it. */
export interface ServiceStep {
  readonly to: StackRole;
  readonly path: EscalationPath;
  /** The service that the role is passed to, or what runs with it already. */
  readonly through: string;
  readonly verdict: StepVerdict;
}

/** What may be changed that perhaps runs with another role. */
export interface UnknownStep {
  /** undefined: whichever. */
  readonly to: StackRole | undefined;
  readonly unknown: UnknownValue;
}

/** What roles of one account may be reached through. */
export interface Services {
  /** By the service that a role's trust names. */
  readonly passable: ReadonlyMap<string, readonly Passable[]>;
  /** By their kind. */
  readonly carriers: ReadonlyMap<string, readonly Carrier[]>;
  /** Those that lead through one of them. */
  readonly paths: readonly EscalationPath[];
}

/**
 * What roles of the stack may be reached through.
 *
 * @returns of the account that a role is at home in
 */
export function servicesIn(
  roles: readonly StackRole[],
  resources: readonly Resource[],
): (home: string) => Services {
  const trusted = grouped(
    roles.flatMap((role) => [...trustedIn(role), ...byTokens(role)]),
    ({ role }) => role.home,
  );
  const all = carriersOf(resources, roles);
  const carried = grouped(all, ({ role, account }) => role?.home ?? account);
  // Where the account does not show, it may be any.
  const anywhere = all.filter(
    ({ role, account }) => role === undefined && account === undefined,
  );
  const known = new Map<string, Services>();
  return (home) => {
    const services =
      known.get(home) ??
      through(trusted.get(home) ?? [], [
        ...(carried.get(home) ?? []),
        ...anywhere,
      ]);
    known.set(home, services);
    return services;
  };
}

function through(
  trusted: readonly Passable[],
  carried: readonly Carrier[],
): Services {
  const passable = grouped(trusted, ({ name }) => inMostRegions(name));
  const carriers = grouped(carried, ({ kind }) => kind);
  const paths = escalationPaths.filter(
    ({ service = "", carrier = "" }) =>
      passable.has(service) || carriers.has(carrier),
  );
  return { passable, carriers, paths };
}

/** That a role's trust names a service, in some of its statements. */
interface Passable {
  readonly role: StackRole;
  /** As the trust has it: of a region, or of another partition. */
  readonly name: string;
  /** That it gives the role to whoever it runs something for, or has one of its tokens. */
  readonly gives: Need;
}

const trustedIn = (role: StackRole): readonly Passable[] =>
  servicesNamedIn(role.trust.document)
    .filter(([, name]) => runsCode(name))
    .map(([document, name]) => ({
      role,
      name,
      gives: () => serviceMayAssume(document, name),
    }));

/** Whoever gives a pool the role gives it to guests, or to whom they sign in there. */
const byTokens = (role: StackRole): readonly Passable[] =>
  federatedProviders(role.trust.document)
    .filter((provider) => servicesByTokens.has(inMostRegions(provider)))
    .map((provider) => ({
      role,
      name: provider,
      gives: (effort) => tokenMayAssume(role.trust.document, provider, effort),
    }));

/** A step, with all that has to be allowed for it. */
type PossibleStep = (Omit<ServiceStep, "verdict"> | UnknownStep) & {
  readonly needs: readonly Need[];
};

export type Need = (effort: Effort) => StepVerdict;

/** Of one role: some thousands of questions, or a few that are the worst. */
const mostStepsOfRole = 4 * mostSteps;

/**
 * All that a session of the role can make run with another role, in its own account. A role that is
 * reached for certain is asked about no further.
 */
export function serviceSteps(
  from: RoleNode,
  services: Services,
): readonly (ServiceStep | UnknownStep)[] {
  const effort = new Effort(mostStepsOfRole);
  const reached = new Set<StackRole | Resource>();
  const could = couldAllowIn(layersOf(from.permissions));
  return services.paths
    .filter((path) => actionsOf(path).every(could))
    .flatMap((path) => [
      ...passedSteps(from, path, services),
      ...carriedSteps(from, path, services),
    ])
    .flatMap(({ needs, ...step }): readonly (ServiceStep | UnknownStep)[] => {
      const goal = "unknown" in step ? step.unknown.resource : step.to;
      if (reached.has(goal)) return [];
      const verdict = allOf(needs, effort);
      if (verdict.answer === "closed") return [];
      if ("unknown" in step) {
        reached.add(goal);
        return [step];
      }
      if (verdict.answer === "open") reached.add(goal);
      return [{ ...step, verdict }];
    });
}

/** All that is needed, allowed together. */
export function allOf(needs: readonly Need[], effort: Effort): StepVerdict {
  let doubt: StepVerdict | undefined;
  for (const ask of needs) {
    const verdict = ask(effort);
    if (verdict.answer === "closed") return verdict;
    if (verdict.answer === "undecided") doubt ??= verdict;
  }
  return doubt ?? { answer: "open" };
}

function passedSteps(
  { permissions }: RoleNode,
  path: EscalationPath,
  { passable }: Services,
): readonly PossibleStep[] {
  const { service = "", actions } = path;
  return (passable.get(service) ?? []).map(({ role, name, gives }) => ({
    to: role,
    path,
    through: service,
    needs: [
      mayPass(permissions, role, [...new Set([service, name])]),
      gives,
      ...actions.map((action) => may(permissions, { action, on: "*" })),
    ],
  }));
}

function carriedSteps(
  { permissions }: RoleNode,
  path: EscalationPath,
  { carriers }: Services,
): readonly PossibleStep[] {
  const { carrier = "", actions, also = [], doubt } = path;
  return (carriers.get(carrier) ?? []).flatMap(
    ({ role, unknown, ...carrier }): readonly PossibleStep[] => {
      const { resource, kind, arn, isStarted } = carrier;
      const needs = [
        ...actions.map((action) =>
          isStarted
            ? mayOnStarted(permissions, action, arn)
            : mayOnCarrier(permissions, action, carrier),
        ),
        ...also.map((one) => may(permissions, one)),
        ...(doubt === undefined ? [] : [doubtful(resource, doubt)]),
      ];
      if (unknown !== undefined) return [{ to: role, unknown, needs }];
      const through = `${kind} ${isStarted ? "of " : ""}${resource.name}`;
      return role === undefined ? [] : [{ to: role, path, through, needs }];
    },
  );
}

const doubtful =
  ({ name }: Resource, doubt: string): Need =>
  () => ({
    answer: "undecided",
    why: `${doubt}, ${name}, is in no policy`,
  });

const passRole = "iam:PassRole";

function mayPass(
  permissions: Permissions,
  role: StackRole,
  services: readonly string[],
): Need {
  const { resource } = role.trust;
  const ask = may(permissions, {
    action: passRole,
    on: anyArnOf(role),
    about: resource,
    given: [literal("StringEquals", "iam:PassedToService", ...services)],
  });
  return (effort) => {
    const verdict = ask(effort);
    return role.arn === undefined && verdict.answer === "open"
      ? {
          answer: "undecided",
          why: `the ARN of ${resource.name} does not show, which PassRole may be allowed on (its provider's allowedAccountIds would tell the account)`,
        }
      : verdict;
  };
}

export const may =
  (
    permissions: Permissions,
    {
      action,
      on,
      about,
      tags,
      given = [],
    }: {
      readonly action: string;
      readonly on: string;
      /** Whose tags the policies may ask for. */
      readonly about?: Resource;
      readonly tags?: Tags;
      readonly given?: readonly Literal[];
    },
  ): Need =>
  (effort) => {
    const layers = layersOf(permissions);
    if (isAlwaysAllowed(layers, action)) return { answer: "open" };
    const known = tags ?? (about && tagsOf(about));
    return mayRequest(permissions, {
      action,
      resource: on,
      effort,
      given: [
        ...given,
        ...(on.endsWith("/?*") ? [withoutColon] : []),
        ...tagPrefixes.flatMap((one) => tagsGiven(one, known, layers.flat())),
      ],
    });
  };

/**
 * An id has no colon in it. With one, `arn:aws:ec2:*:*:volume/*` would match an instance as well: its second
 * star would reach from the account into the instance's id.
 */
const withoutColon = not(literal("StringLike", resourceKey, "arn:*:*:*:*:*:*"));

/** On what has tags of its own, which whoever asks may perhaps set first. */
const mayOnCarrier =
  (
    permissions: Permissions,
    action: string,
    { resource, arn }: Pick<Carrier, "resource" | "arn">,
  ): Need =>
  (effort) => {
    const asked = { on: arn, about: resource };
    const asItIs = may(permissions, { action, ...asked })(effort);
    if (asItIs.answer !== "closed" || !readTags(permissions)) return asItIs;
    const withAny = may(permissions, { action, on: arn })(effort);
    if (withAny.answer === "closed") return withAny;
    const tagging = taggingOf(arn).find((one) => {
      const sets = { action: one, ...asked, given: ofNothingNew };
      return (
        one !== action && may(permissions, sets)(effort).answer !== "closed"
      );
    });
    return tagging === undefined
      ? asItIs
      : {
          answer: "undecided",
          why: `${action} is allowed by tags, and ${tagging} sets those of ${resource.name}`,
        };
  };

/** Whether the tags of what is asked for make a difference at all. */
function readTags(permissions: Permissions): boolean {
  const documents = layersOf(permissions).flat();
  return tagPrefixes.some(
    (one) => tagsGiven(one, noTags, documents).length > 0,
  );
}

const noTags: Tags = new Map();

/** On what another resource starts, whose tags do not show. */
const mayOnStarted =
  (permissions: Permissions, action: string, on: string): Need =>
  (effort) => {
    const without = may(permissions, { action, on, tags: noTags })(effort);
    if (without.answer === "open") return without;
    const withAny = may(permissions, { action, on })(effort);
    return withAny.answer === "open"
      ? {
          answer: "undecided",
          why: `${action} is allowed by tags, and those of what is started do not show`,
        }
      : withAny;
  };

/** Source: AWS documentation, "Service Authorization Reference", condition keys of each service. */
const tagPrefixes = ["aws", "ec2", "iam", "ssm"].map(
  (one) => `${one}:resourcetag/`,
);
