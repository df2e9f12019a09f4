import data from "../data/service-targets.json";
import { oncePerText } from "./once-per";
import { matches, withWildcards } from "./text/pattern";

/**
 * The service of one region, `sns.me-south-1.amazonaws.com`, or of another partition. Source: AWS
 * documentation, "AWS JSON policy elements: Principal", service principals in opt-in Regions.
 */
const ofPlace = /(\.[a-z]{2}(-[a-z]+)+-\d+)?\.amazonaws\.(com|com\.cn|eu)$/;

interface Target {
  readonly actions: readonly string[];
  readonly services: readonly string[];
  /** By which the service tells whose its call is, where it tells no account. */
  readonly key?: string;
}

const targets: readonly Target[] = data.targets;

/** Services that a stranger can point, by their names. */
export const namedServices: readonly string[] = targets
  .flatMap(({ services }) => services)
  .filter((name) => !name.includes("*"));

/** The key by which a service that tells no account says whose its call is. */
export const ownKeyOf = (service: string): string | undefined =>
  targets.find(({ services }) => services.includes(service))?.key;

interface Pointed {
  readonly action: string;
  readonly key?: string | undefined;
  /** Whether it is published that strangers can have the service do it. */
  readonly isKnown: boolean;
}

/** Those that the data speaks of by their names. */
export const knownServices: readonly string[] = [
  ...namedServices,
  ...data.untold.except,
];

/** What strangers may have a service do, by what AWS publishes of it. */
export function pointedTo(service: string): readonly Pointed[] {
  const isOne = (pattern: string) => isServiceLike(pattern, service);
  const known = targets
    .filter(({ services }) => services.some(isOne))
    .flatMap(({ actions, key }) =>
      actions.map((action) => ({ action, key, isKnown: true })),
    );
  const { actions, except } = data.untold;
  const others =
    isOne("*.amazonaws.com") && !except.some(isOne)
      ? actions.filter((action) => !known.some((one) => one.action === action))
      : [];
  return [...known, ...others.map((action) => ({ action, isKnown: false }))];
}

/** What strangers may have a service do that the data does not name, as none is called. */
export const pointedOthers = (): readonly Pointed[] =>
  pointedTo("?.amazonaws.com");

/** @param service everyone, as `*`, is like none: who that is, is another rule's */
export const isServiceLike = (pattern: string, service: string): boolean =>
  matches(patternOf(pattern), inMostRegions(service));

const patternOf = oncePerText(withWildcards);

/** By the name that a service has in most regions. */
export const inMostRegions = (service: string): string =>
  service.replace(ofPlace, ".amazonaws.com");
