import * as yaml from "yaml";
import { resource } from "./resources";

export const inYaml = (template: unknown): string =>
  yaml.stringify(template, { aliasDuplicateObjects: false });

export type Parts = Readonly<Record<string, unknown>>;

export const stack = (
  name: string,
  template: Parts | string,
  more: Parts = {},
) =>
  resource("aws:cloudformation/stack:Stack", name, {
    name,
    templateBody:
      typeof template === "string" ? template : JSON.stringify(template),
    ...more,
  });
export const stackSet = (name: string, template: Parts) =>
  resource("aws:cloudformation/stackSet:StackSet", name, {
    name,
    templateBody: JSON.stringify(template),
  });
export const made = (
  type: string,
  properties: Parts = {},
  more: Parts = {},
): Parts => ({
  Resources: { Made: { Type: type, Properties: properties, ...more } },
});
export const role = (trust: unknown, more: Parts = {}): Parts => ({
  RoleName: "deploy",
  AssumeRolePolicyDocument: trust,
  ...more,
});
export const roleIn = (
  trust: unknown,
  more: Parts = {},
  beside: Parts = {},
): Parts => made("AWS::IAM::Role", role(trust, more), beside);
