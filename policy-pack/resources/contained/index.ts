import { isPlainObject } from "../plain-object";
import type { Resource } from "../resource";
import { structured } from "../structured";
import { isUnknown, Unread, type Unknown } from "../unknown";
import type { Contained } from "./contained";
import { nativeProperties, nativeType } from "./native-names";
import { inTemplate } from "./template";

/** Types that hold other resources, and how each is read. */
export const containers: ReadonlyMap<
  string,
  (resource: Resource) => Contained
> = new Map([
  ["aws:cloudformation/stack:Stack", inTemplate],
  ["aws:cloudformation/stackSet:StackSet", inTemplate],
  ["aws-native:cloudformation:Stack", inTemplate],
  ["aws-native:cloudformation:StackSet", inTemplate],
  ["aws-native:cloudformation:ChangeSet", inTemplate],
  [
    "aws:cloudcontrol/resource:Resource",
    (resource) => inDesiredState(resource, resource.inputs["desiredState"]),
  ],
  [
    "aws-native:index:ExtensionResource",
    ({ inputs, ...resource }) =>
      inProperties(
        { inputs, ...resource },
        inputs["type"],
        inputs["properties"] ?? {},
      ),
  ],
]);

const asAwsTakesIt = "write it as CloudFormation takes it";

const nothing: Contained = { resources: [], unread: [] };
const read = new WeakMap<Resource, Contained>();

/** What a resource holds: nothing, but of the types that are made for it. */
export function containedIn(resource: Resource): Contained {
  const reader = containers.get(resource.type);
  if (reader === undefined) return nothing;
  const known = read.get(resource) ?? readOnce(reader, resource);
  read.set(resource, known);
  return known;
}

/** How many templates may lie in one resource. A template may name itself, and make stacks without end. */
const mostTemplates = 50;
const templates = new WeakMap<Resource, number>();

function readOnce(
  reader: (resource: Resource) => Contained,
  resource: Resource,
): Contained {
  const container = resource.within?.container ?? resource;
  const count = (templates.get(container) ?? 0) + 1;
  templates.set(container, count);
  return count > mostTemplates
    ? unread(
        new Unread(
          `more than ${mostTemplates} templates lie in it`,
          "divide it",
        ),
      )
    : attempt(reader, resource);
}

/** Templates whose values, or whose stacks, lie in each other without end are refused by AWS as well. */
function attempt(
  reader: (resource: Resource) => Contained,
  resource: Resource,
): Contained {
  try {
    return reader(resource);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unread(
      new Unread("what it holds lies in itself, or too deep", asAwsTakesIt),
    );
  }
}

const unread = (value: Unknown): Contained => ({
  resources: [],
  unread: [{ what: "what it makes", value }],
});

export const isContainer = ({ type }: Resource): boolean =>
  containers.has(type);

/** The resource, and all that lies in it, at any depth. */
export const withContained = (resource: Resource): readonly Resource[] =>
  isContainer(resource)
    ? [resource, ...containedIn(resource).resources.flatMap(withContained)]
    : [resource];

/** JSON text with the properties of a resource, of the type `typeName`. */
function inDesiredState(resource: Resource, state: unknown): Contained {
  return inProperties(
    resource,
    resource.inputs["typeName"],
    structured(state) ??
      new Unread("its desiredState is no JSON of AWS's", asAwsTakesIt),
  );
}

function inProperties(
  resource: Resource,
  type: unknown,
  properties: unknown,
): Contained {
  const value: Unknown | undefined = [type, properties].find(isUnknown);
  if (value !== undefined) return unread(value);
  if (typeof type !== "string" || !isPlainObject(properties)) {
    return unread(
      new Unread("its type is no text, or its properties no map", asAwsTakesIt),
    );
  }
  return {
    resources: [
      {
        ...resource,
        type: nativeType(type),
        inputs: nativeProperties(properties),
        outputs: {},
        urn: `${resource.urn}.${type}`,
        within: {
          container: resource.within?.container ?? resource,
          what: type,
          isAccountMade: resource.within?.isAccountMade ?? false,
        },
      },
    ],
    unread: [],
  };
}
