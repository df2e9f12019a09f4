import {
  undecided,
  unknownFinding,
  wrong,
  type Finding,
} from "../findings/finding";
import { holderForms } from "../identities/forms";
import { unknownName } from "../identities/name";
import type { Organisation } from "../organisation/organisation";
import { knownText, type Resource } from "../resources/resource";
import { pathToUnknown } from "../resources/unknown";
import { isAdministrator, type Rule } from "./rule";

export const sessionsAreLimited: Rule = {
  name: "sessions-are-limited",
  title: "Sessions are limited",
  description: "No role's sessions may last longer than the config allows.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Lower the role's maximum session duration.",
  judgeResource(resource, organisation): readonly Finding[] {
    const field = holderForms.get(resource.type)?.session;
    if (field === undefined) return [];
    const path = pathToUnknown(resource.inputs[field]);
    if (path !== undefined) {
      return [unknownFinding({ resource, path: [field, ...path] })];
    }
    const given = resource.inputs[field];
    if (given === undefined || given === null) return [];
    const seconds = secondsOf(given);
    const most = longestSession(resource, organisation);
    if (seconds === undefined) {
      return [
        undecided(
          resource,
          `how long a session may last: ${field} is ${JSON.stringify(given)}, and neither seconds nor hours, minutes and seconds, as PT1H30M.`,
          `set ${field} to ${most} seconds or less.`,
          { field },
        ),
      ];
    }
    if (seconds <= most) {
      // Under another name it may be too long.
      return seconds <= organisation.limits.administratorSession
        ? []
        : unknownName(resource).map(unknownFinding);
    }
    return [
      wrong(
        resource,
        `${field} is ${seconds} seconds, and this role's sessions may last ${most} at most.`,
        `set ${field} to ${most} or less.`,
        { field },
      ),
    ];
  },
  remediate(resource, organisation) {
    const field = holderForms.get(resource.type)?.session;
    if (field === undefined) return undefined;
    const seconds = secondsOf(resource.inputs[field]);
    const most = longestSession(resource, organisation);
    if (seconds === undefined || seconds <= most) return undefined;
    const isDuration = duration.test(String(resource.inputs[field]));
    return { [field]: isDuration ? `PT${most}S` : most };
  },
};

const duration = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/;

/** A number; as text too, as programs in YAML may have it; or a permission set's `PT8H30M`. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value !== "string") {
    return typeof value === "number" ? value : undefined;
  }
  const [whole, hours = 0, minutes = 0, seconds = 0] =
    duration.exec(value) ?? [];
  if (whole === undefined)
    return /^\d+$/.test(value) ? Number(value) : undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function longestSession(
  resource: Resource,
  organisation: Organisation,
): number {
  const form = holderForms.get(resource.type);
  const name = form === undefined ? undefined : knownText(resource, form.name);
  const { administratorSession, session } = organisation.limits;
  return isAdministrator(name, organisation) ? administratorSession : session;
}
