import data from "../data/escalation-paths.json";
import { oncePer } from "./once-per";
import { inMostRegions } from "./service-targets";

/** A published way from some actions to what another identity may do. */
export interface EscalationPath {
  readonly id: string;
  readonly gives:
    | "power over IAM"
    | "a role that is assumed"
    | "a role that is passed"
    | "a role that is carried";
  /** All of them are needed, of a carried role on its carrier; of a passed one, iam:PassRole too. */
  readonly actions: readonly string[];
  /** What is needed on other resources than the carrier; `*`: on any. */
  readonly also?: readonly { readonly action: string; readonly on: string }[];
  /** Of a role that is passed: the service that runs with it what it is given. */
  readonly service?: string;
  /** Whether that service gives the role to whoever has one of its tokens. */
  readonly isByTokens?: true;
  /** Of a role that is carried: what runs with it. */
  readonly carrier?: string;
  /** What no policy tells, and has to be so as well. */
  readonly doubt?: string;
}

export const escalationPaths = data.paths as readonly EscalationPath[];

/** All actions that a path takes. */
export const actionsOf = oncePer(
  ({ gives, actions, also = [] }: EscalationPath): readonly string[] => [
    ...(gives === "a role that is passed" ? ["iam:PassRole"] : []),
    ...new Set([...actions, ...also.map(({ action }) => action)]),
  ],
);

/** Services that run what their users give them, with a role that these pass. */
export const servicesThatRunCode: ReadonlySet<string> = new Set(
  escalationPaths.flatMap(({ service }) => service ?? []),
);

/** Those that give such a role to whoever has one of their tokens. */
export const servicesByTokens: ReadonlySet<string> = new Set(
  escalationPaths.flatMap(({ service, isByTokens }) =>
    isByTokens && service !== undefined ? [service] : [],
  ),
);

/** Whether it is one that runs code, by whichever of its names. */
export const runsCode = (service: string): boolean =>
  servicesThatRunCode.has(inMostRegions(service));
