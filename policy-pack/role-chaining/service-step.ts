import { tagsGiven } from "../decide/assume-role";
import { couldAllow, isAlwaysAllowed } from "../decide/could-allow";
import type { Document } from "../decide/document";
import {
  actionsOf,
  escalationPaths,
  servicesThatRunCode,
  type EscalationPath,
} from "../decide/escalation-paths";
import { literal, type Literal } from "../decide/literal";
import { layersOf } from "../decide/permissions";
import { mayRequest, type Permissions } from "../decide/powers";
import {
  serviceMayAssume,
  servicesIn as servicesNamedIn,
} from "../decide/service-callers";
import type { Resource } from "../resources/resource";
import { tagsOf } from "../resources/tags";
import { grouped } from "../identities/grouped";
import { carriersOf, type Carrier } from "./carriers";
import type { RoleNode, StackRole } from "./role-node";

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

/** What roles may be reached through. */
export interface Services {
  /** By the service that a role's trust names. */
  readonly passable: ReadonlyMap<string, readonly Passable[]>;
  /** By their kind. */
  readonly carriers: ReadonlyMap<string, readonly Carrier[]>;
  /** Those that lead through one of them. */
  readonly paths: readonly EscalationPath[];
}

/** What roles of the stack may be reached through. */
export function servicesIn(
  roles: readonly StackRole[],
  resources: readonly Resource[],
): Services {
  const trusted = roles.flatMap((role) =>
    servicesNamedIn(role.trust.document)
      .filter(([, service]) => servicesThatRunCode.has(service))
      .map(([document, service]) => ({ role, document, service })),
  );
  const passable = grouped(trusted, ({ service }) => service);
  const carriers = grouped(carriersOf(resources, roles), ({ kind }) => kind);
  const paths = escalationPaths.filter(
    ({ service = "", carrier = "" }) =>
      passable.has(service) || carriers.has(carrier),
  );
  return { passable, carriers, paths };
}

/** All that is needed, allowed together. */
function allOf(needs: readonly (() => StepVerdict)[]): StepVerdict {
  let doubt: StepVerdict | undefined;
  for (const ask of needs) {
    const verdict = ask();
    if (verdict.answer === "closed") return verdict;
    if (verdict.answer === "undecided") doubt ??= verdict;
  }
  return doubt ?? open;
}

const open: StepVerdict = { answer: "open" };
const closed: StepVerdict = { answer: "closed" };

/** That a role's trust names a service, in some of its statements. */
interface Passable {
  readonly role: StackRole;
  readonly document: Document;
  readonly service: string;
}

/** All that a session of the role can make run with another role, in its own account. */
export const serviceSteps = (
  from: RoleNode,
  services: Services,
): readonly ServiceStep[] =>
  services.paths
    .filter((path) => couldTake(path, from))
    .flatMap((path) => [
      ...passedSteps(from, path, services),
      ...carriedSteps(from, path, services),
    ]);

const couldTake = (path: EscalationPath, { permissions }: RoleNode): boolean =>
  actionsOf(path).every((one) => couldAllow(layersOf(permissions), one));

function passedSteps(
  from: RoleNode,
  path: EscalationPath,
  { passable }: Services,
): readonly ServiceStep[] {
  const { service = "", actions } = path;
  const { permissions } = from;
  const roles = (passable.get(service) ?? []).filter(({ role }) =>
    isNear(from, role),
  );
  if (roles.length === 0) return [];
  const asked = allOf(
    actions.map((action) => () => may(permissions, action, "*")),
  );
  return roles.map(({ role, document }) => ({
    to: role,
    path,
    through: service,
    verdict: allOf([
      () => asked,
      () => mayPass(permissions, role, service),
      () => serviceMayAssume(document, service),
    ]),
  }));
}

function carriedSteps(
  from: RoleNode,
  path: EscalationPath,
  { carriers }: Services,
): readonly ServiceStep[] {
  const { carrier = "", actions, also = [] } = path;
  const { permissions } = from;
  return (carriers.get(carrier) ?? [])
    .filter(({ role }) => isNear(from, role))
    .map(({ role, resource, kind, arn }) => ({
      to: role,
      path,
      through: `${kind} ${resource.name}`,
      verdict: allOf([
        ...actions.map(
          (action) => () => may(permissions, action, arn, resource),
        ),
        ...also.map(
          ({ action, on }) =>
            () =>
              may(permissions, action, on),
        ),
      ]),
    }));
}

const passRole = "iam:PassRole";

/** Services work within an account, and so does PassRole. */
const isNear = (from: RoleNode, to: StackRole): boolean =>
  from !== to && from.home === to.home;

const mayPass = (
  permissions: Permissions,
  { arn, trust }: StackRole,
  service: string,
): StepVerdict =>
  arn === undefined
    ? closed
    : may(permissions, passRole, arn, trust.resource, [
        literal("StringEquals", "iam:PassedToService", service),
      ]);

/** @param about whose tags the policies may ask for */
function may(
  permissions: Permissions,
  action: string,
  resource: string,
  about?: Resource,
  given: readonly Literal[] = [],
): StepVerdict {
  const layers = layersOf(permissions);
  if (isAlwaysAllowed(layers, action)) return open;
  const tags = about && tagsOf(about);
  return mayRequest(permissions, {
    action,
    resource,
    given: [
      ...given,
      ...tagPrefixes.flatMap((one) => tagsGiven(one, tags, layers.flat())),
    ],
  });
}

/** Source: AWS documentation, "Service Authorization Reference", condition keys of each service. */
const tagPrefixes = ["aws", "ec2", "iam", "ssm"].map(
  (one) => `${one}:resourcetag/`,
);
