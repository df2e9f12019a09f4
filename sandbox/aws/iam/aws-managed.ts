import { createHash } from "node:crypto";
import { lettersOf } from "../ids";
import type { Cloud, ManagedPolicy, StoredDocument } from "../model";
import { storedPolicies, type StoredPolicy } from "./aws-managed/file";

type Policies = ReadonlyMap<string, ManagedPolicy>;

const kept = new Map<Cloud["partition"], Policies>();

/** AWS's own managed policies, by ARN; nobody changes them, so that all clouds have the same. */
export function awsManagedPolicies(partition: Cloud["partition"]): Policies {
  const policies =
    kept.get(partition) ??
    new Map(
      storedPolicies().map((stored) => {
        const policy = policyOf(partition, stored);
        return [policy.arn, policy];
      }),
    );
  kept.set(partition, policies);
  return policies;
}

function policyOf(
  partition: Cloud["partition"],
  { name, path, createDate, updateDate, version, document }: StoredPolicy,
): ManagedPolicy {
  const updatedAt = new Date(updateDate);
  return {
    arn: `arn:${partition}:iam::aws:policy${path}${name}`,
    name,
    get id() {
      return idOf(name);
    },
    path,
    createdAt: new Date(createDate),
    updatedAt,
    tags: [],
    versions: [
      { id: version, document: documentOf(document), createdAt: updatedAt },
    ],
    defaultVersionId: version,
  };
}

/** Not AWS's, which the source does not tell, but the same each time. */
const idOf = (name: string): string =>
  `ANPA${lettersOf(createHash("sha256").update(name).digest().subarray(0, 17))}`;

/** Parsed once somebody has the policy. */
function documentOf(text: string): StoredDocument {
  let parsed: unknown;
  return {
    text,
    get parsed() {
      parsed ??= JSON.parse(text) as unknown;
      return parsed;
    },
  };
}
