import { isPlainObject, type Properties } from "../plain-object";
import { isUnknown } from "../unknown";

/**
 * A type of CloudFormation's as `aws-native` calls it: `AWS::IAM::OIDCProvider` is
 * `aws-native:iam:OidcProvider`. What is none of AWS's keeps its name.
 */
export function nativeType(type: string): string {
  const [, service = "", resource = ""] =
    /^AWS::(\w+)::(\w+)$/.exec(type) ?? [];
  return service === ""
    ? type
    : `aws-native:${moduleOf(service)}:${withWords(resource)}`;
}

const moduleOf = (service: string): string =>
  modules.get(service) ?? service.toLowerCase();

const modules = new Map([
  ["Config", "configuration"],
  ["Hooks", "cloudformation"],
]);

/** `VPCEndpoint` is `VpcEndpoint`: letters in a row are a word but for the first of the next one. */
const withWords = (name: string): string =>
  name.replace(
    /([A-Z])([A-Z]+)(?=[A-Z][a-z]|[^A-Za-z]|$)/g,
    (_, first: string, more: string) => first + more.toLowerCase(),
  );

/** `TemplateURL` is `templateUrl`. */
const camel = (name: string): string =>
  withWords(name).replace(/^[A-Z]/, (first) => first.toLowerCase());

/** The properties by the names that `aws-native` has for them, at any depth. */
export const nativeProperties = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      camel(key),
      isFreeForm(key, value) ? value : native(value),
    ]),
  );

function native(value: unknown): unknown {
  if (Array.isArray(value)) return (value as readonly unknown[]).map(native);
  return isPlainObject(value) && !isUnknown(value)
    ? nativeProperties(value)
    : value;
}

/** Templates, policy documents, and maps whose keys are names that a team gives, keep their keys. */
const isFreeForm = (key: string, value: unknown): boolean =>
  (key === "Parameters" && !Array.isArray(value)) ||
  key === "Statement" ||
  key === "TemplateBody" ||
  (isPlainObject(value) &&
    Object.keys(value).some((one) => /^statements?$/i.test(one)));
