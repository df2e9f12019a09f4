import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { isPlainObject, type Properties } from "../resources/plain-object";
import type { Provider, Resource } from "../resources/resource";
import { pathToUnknown } from "../resources/unknown";
import type { Session } from "./session";

/** One resource, before it is made. */
export const seenResource = (args: ResourceValidationArgs): Resource => ({
  type: args.type,
  name: args.name,
  urn: args.urn,
  inputs: rawOf(args.props),
  outputs: {},
  provider: providerOf(args.provider),
  propertyDependencies: {},
});

/** One resource of a whole stack. */
export function seenInStack(
  resource: PolicyResource,
  { inputs }: Session,
): Resource {
  const outputs = rawOf(resource.props);
  const asked = inputs.get(resource.urn);
  return {
    type: resource.type,
    name: resource.name,
    urn: resource.urn,
    inputs: asked === undefined ? outputs : resolved(asked, outputs),
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
  Object.fromEntries(
    Object.entries(asked).map(([key, value]) => [
      key,
      pathToUnknown(value) === undefined ? value : (outputs[key] ?? value),
    ]),
  );

const providerOf = (
  provider: ResourceValidationArgs["provider"],
): Provider | undefined =>
  provider === undefined
    ? undefined
    : { urn: provider.urn, properties: rawOf(provider.props) };

/**
 * The properties behind the proxy that throws at unknown values: a rule judges all that is known
 * first. The name is that of @pulumi/policy, which exports it from its proxy.js alone.
 */
export function rawOf(props: Properties): Properties {
  const target = props["__getSpecialProxyTarget"];
  return isPlainObject(target) ? target : props;
}
