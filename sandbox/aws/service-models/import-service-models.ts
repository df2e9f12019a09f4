/**
 * Imports the models of this folder: see README.md.
 *
 *     node -r ts-node/register sandbox/aws/service-models/import-service-models.ts <wheel> <version>
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  matcherOf,
  type Member,
  type OperationModel,
  type ServiceName,
  type Shape,
} from "./service-model";

/**
 * Of which operations the parameters are taken: S3 and EC2 have too many that the sandbox does not
 * answer; of those, the name and the path are kept.
 */
const taken: Readonly<Record<ServiceName, readonly string[] | "all">> = {
  "access-analyzer": "all",
  dynamodb: "all",
  ec2: ["DescribeInstances"],
  events: "all",
  iam: "all",
  kms: "all",
  organizations: "all",
  s3: ["GetObject", "ListBuckets", "ListObjects", "ListObjectsV2"],
  sns: "all",
  sts: "all",
};

interface SourceModel {
  readonly metadata: { readonly apiVersion: string; readonly protocol: string };
  readonly operations: Readonly<Record<string, SourceOperation>>;
  readonly shapes: Readonly<Record<string, SourceShape>>;
}

interface SourceOperation {
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly input?: { readonly shape: string };
}

type SourceShape = Omit<Shape, "members" | "member" | "key" | "value"> & {
  readonly members?: Readonly<Record<string, SourceMember>>;
  readonly member?: SourceMember;
  readonly key?: SourceMember;
  readonly value?: SourceMember;
};

interface SourceMember {
  readonly shape: string;
  readonly locationName?: string;
  readonly queryName?: string;
  readonly location?: Member["location"];
}

function sourceOf(wheel: string, service: ServiceName) {
  const folder = `botocore/data/${service.replace("-", "")}`;
  const newest = readdirSync(join(wheel, folder)).sort().at(-1) ?? "";
  const path = `${folder}/${newest}/service-2.json`;
  const text = gunzipSync(readFileSync(join(wheel, `${path}.gz`))).toString();
  return { path, model: JSON.parse(text) as SourceModel };
}

/** Only what is said of a request, and only where it says more than the default. */
function operationsOf(
  service: ServiceName,
  { metadata, operations }: SourceModel,
) {
  const wanted = taken[service];
  const isRest = metadata.protocol.startsWith("rest-");
  return Object.entries(operations).map(
    ([name, { http, input }]): [string, OperationModel] => [
      name,
      {
        ...(wanted === "all" || wanted.includes(name)
          ? { input: input?.shape ?? null }
          : {}),
        ...(isRest ? { http: `${http.method} ${http.requestUri}` } : {}),
      },
    ],
  );
}

/** EC2 writes the names of its parameters in capitals, those of other services' queries are members' own. */
function nameIn(protocol: string, { locationName, queryName }: SourceMember) {
  if (protocol !== "ec2") return locationName;
  return (
    queryName ??
    (locationName &&
      locationName.charAt(0).toUpperCase() + locationName.slice(1))
  );
}

function memberOf(protocol: string, member: SourceMember, own = ""): Member {
  const name = nameIn(protocol, member);
  return {
    shape: member.shape,
    ...(name === undefined || name === own ? {} : { name }),
    ...(member.location === undefined ? {} : { location: member.location }),
  };
}

const membersOf = (
  protocol: string,
  members: Readonly<Record<string, SourceMember>>,
) =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      memberOf(protocol, member, name),
    ]),
  );

/** What Java calls printable is ASCII's. */
const inJavaScript = (pattern: string): string =>
  pattern.replaceAll("\\p{Print}", "[\\x20-\\x7E]");

function shapeFrom(protocol: string, source: SourceShape): Shape {
  const { type, required = [], members, member, key, value } = source;
  const { enum: words, min, max, pattern, sensitive } = source;
  const of = (one: SourceMember): Member => ({ shape: one.shape });
  return {
    type,
    ...(required.length > 0 ? { required } : {}),
    ...(members ? { members: membersOf(protocol, members) } : {}),
    ...(member ? { member: of(member) } : {}),
    ...(key && value ? { key: of(key), value: of(value) } : {}),
    ...(words ? { enum: words } : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(pattern === undefined ? {} : { pattern: inJavaScript(pattern) }),
    ...(sensitive ? { sensitive } : {}),
  };
}

const partsOf = ({ members = {}, member, key, value }: Shape): Member[] =>
  [...Object.values(members), member, key, value].filter(
    (one) => one !== undefined,
  );

/** The shapes that these inputs are made of. */
function shapesOf(
  { metadata, shapes }: SourceModel,
  inputs: readonly string[],
) {
  const found = new Map<string, Shape>();
  const waiting = [...inputs];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const source = shapes[name];
    if (found.has(name) || !source) continue;
    const shape = shapeFrom(metadata.protocol, source);
    if (shape.pattern !== undefined) matcherOf(shape.pattern);
    found.set(name, shape);
    waiting.push(...partsOf(shape).map((part) => part.shape));
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** One operation and one shape a line, so that a change can be read. */
const lines = (entries: readonly (readonly [string, unknown])[]): string =>
  entries
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(",\n");

function write(wheel: string, version: string, service: ServiceName): void {
  const { path, model } = sourceOf(wheel, service);
  const operations = operationsOf(service, model);
  const inputs = operations.flatMap(([, { input }]) => input ?? []);
  const text = `{
"source": "botocore ${version}, ${path}",
"apiVersion": "${model.metadata.apiVersion}",
"operations": {
${lines(operations)}
},
"shapes": {
${lines(shapesOf(model, inputs))}
}
}
`;
  writeFileSync(join(__dirname, `${service}.json`), text);
}

const [wheel, version] = process.argv.slice(2);
if (wheel === undefined || version === undefined) {
  throw new Error(
    "Needs the folder of botocore's unpacked wheel, and its version",
  );
}
for (const service of Object.keys(taken) as ServiceName[]) {
  write(wheel, version, service);
}
