import type { Document } from "../decide/document";
import { unknownFinding, type Finding } from "../findings/finding";
import type { KeyProperties } from "../identities/permission-form";
import { resourcePolicies } from "../identities/resource-policies";
import type { Resource } from "../resources/resource";

/** What the policies of a resource show; nothing of what AWS refuses. */
export const judgePolicies = (
  resource: Resource,
  judge: (
    document: Document,
    field: string,
    properties: KeyProperties | undefined,
  ) => readonly Finding[],
): readonly Finding[] =>
  resourcePolicies(resource).flatMap((one): readonly Finding[] => {
    switch (one.kind) {
      case "unknown":
        return [unknownFinding(one.value)];
      case "malformed":
        return [];
      case "policy":
        return judge(one.document, one.field, one.properties);
    }
  });
