import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { oncePer } from "../decide/once-per";
import {
  isPlainObject,
  ownValue,
  type Properties,
} from "../resources/plain-object";
import type { Provider, Resource } from "../resources/resource";
import { partsOf, pathToUnknown, withUnknowns } from "../resources/unknown";

/** One resource, before it is made. */
export const resourceFromEngine = (args: ResourceValidationArgs): Resource => ({
  type: args.type,
  name: args.name,
  urn: args.urn,
  inputs: read(args.props),
  outputs: {},
  provider: providerOf(args.provider),
  propertyDependencies: {},
});

/**
 * One resource of a whole stack.
 *
 * @param asked it, before it was made; undefined: the engine has not shown it
 */
export function stackResourceFromEngine(
  resource: PolicyResource,
  asked: Resource | undefined,
): Resource {
  const outputs = read(resource.props);
  return {
    type: resource.type,
    name: resource.name,
    urn: resource.urn,
    inputs: asked === undefined ? outputs : resolved(asked.inputs, outputs),
    outputs,
    provider: providerOf(resource.provider),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(
        ([property, sources]) => [property, sources.map(({ urn }) => urn)],
      ),
    ),
  };
}

/** By now AWS may have told what was unknown when the resource was asked for. */
const resolved = (asked: Properties, outputs: Properties): Properties =>
  pathToUnknown(asked) === undefined
    ? asked
    : Object.fromEntries(
        Object.entries(asked).map(([key, value]) => [
          key,
          pathToUnknown(value) === undefined
            ? value
            : (ownValue(outputs, key) ?? value),
        ]),
      );

const providerOf = (
  provider: ResourceValidationArgs["provider"],
): Provider | undefined =>
  provider === undefined
    ? undefined
    : { urn: provider.urn, properties: readOnce(rawOf(provider.props)) };

/** As rules see them: each unknown value is an `Unknown`. */
const read = (props: Properties): Properties =>
  withUnknowns(rawOf(props)) as Properties;

/** Most resources of a stack have the same provider, and its properties are one object then. */
const readOnce = oncePer(
  (props: Properties) => withUnknowns(props) as Properties,
);

/**
 * The properties behind the proxies of @pulumi/policy, one of which throws at unknown values: a
 * rule judges all that is known first. The name is the package's, which exports it from its
 * proxy.js alone.
 */
export function rawOf(props: Properties): Properties {
  const target = props["__getSpecialProxyTarget"];
  return isPlainObject(target) ? rawOf(target) : props;
}

/** The resource as a remediation sees it: the package wraps the secrets in it then. */
export const resourceToRemediate = (
  args: ResourceValidationArgs,
): Resource => ({
  ...resourceFromEngine(args),
  inputs: withUnknowns(revealed(rawOf(args.props))) as Properties,
});

function revealed(value: unknown): unknown {
  if (isSecret(value)) return revealed(value.value);
  if (Array.isArray(value)) return (value as readonly unknown[]).map(revealed);
  return isPlain(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, revealed(one)]),
      )
    : value;
}

/**
 * Whether a secret lies somewhere inside. A value that is secret as a whole stays so when another
 * takes its place: the package sees to that.
 */
export const holdsSecret = (value: unknown): boolean =>
  partsOf(value).some(([, inside]) => isSecret(inside) || holdsSecret(inside));

/** The class is not exported. Assets and archives are no plain objects either. */
const isSecret = (value: unknown): value is { readonly value: unknown } =>
  isPlainObject(value) && !isPlain(value) && "value" in value;

const isPlain = (value: unknown): value is Properties =>
  isPlainObject(value) && Object.getPrototypeOf(value) === Object.prototype;
