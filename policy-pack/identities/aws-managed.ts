import type { Document } from "../decide/document";
import type { HeldPolicy, PolicyContent } from "./identity";
import { contentOf } from "./read";

interface AwsManagedPolicies {
  readonly source: string;
  readonly newestChange: string;
  readonly policies: Readonly<Record<string, unknown>>;
}

let loaded: AwsManagedPolicies | undefined;

/** Most stacks name none or few of them: the data is read when the first is asked for. */
function load(): AwsManagedPolicies {
  loaded ??=
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it always
    require("../data/aws-managed-policies.json") as AwsManagedPolicies;
  return loaded;
}

export const awsManagedNames = (): readonly string[] =>
  Object.keys(load().policies);

const ofAws = /^arn:[^:]+:iam::aws:policy\/(.+)$/;

export const isAwsManaged = ({ name }: HeldPolicy): boolean =>
  typeof name === "string" && ofAws.test(name);

/** @returns undefined for a policy that is not AWS's own */
export function awsManagedPolicy(arn: string): PolicyContent | undefined {
  const name = ofAws.exec(arn)?.[1];
  if (name === undefined) return undefined;
  const { policies } = load();
  const document = Object.hasOwn(policies, name) ? policies[name] : undefined;
  if (document === undefined) return { kind: "unseen", named: arn };
  return contentOf(document, []);
}

/** What one of them says, by its name: none, should the data not have it. */
export function awsManagedDocuments(name: string): readonly Document[] {
  const content = awsManagedPolicy(`arn:aws:iam::aws:policy/${name}`);
  return content?.kind === "document" ? [content.document] : [];
}
