import type { Cloud, ManagedPolicy } from "../model";
import policies from "./aws-managed/policies.json";

interface StoredPolicy {
  readonly path: string;
  readonly createDate: string;
  readonly updateDate: string;
  readonly version: string;
  readonly document: unknown;
}

/** AWS's own managed policies, as far as the sandbox carries them, by ARN. */
export function awsManagedPolicies(
  partition: Cloud["partition"],
): ReadonlyMap<string, ManagedPolicy> {
  const stored: Readonly<Record<string, StoredPolicy>> = policies;
  return new Map(
    Object.entries(stored).map(
      ([name, { path, createDate, updateDate, version, document }]) => {
        const arn = `arn:${partition}:iam::aws:policy${path}${name}`;
        const text = JSON.stringify(document);
        return [
          arn,
          {
            arn,
            name,
            id: `ANPAAWS${name.toUpperCase()}`,
            path,
            createdAt: new Date(createDate),
            updatedAt: new Date(updateDate),
            tags: [],
            versions: [
              {
                id: version,
                document: { text, parsed: document },
                createdAt: new Date(updateDate),
              },
            ],
            defaultVersionId: version,
          },
        ];
      },
    ),
  );
}
