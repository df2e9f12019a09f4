import { unknownFinding, type Finding } from "../findings/finding";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import type { Resource } from "../resources/resource";

/** What a role's trust policy shows; nothing of other resources, and of what IAM refuses. */
export function judgeTrust(
  resource: Resource,
  judge: (trust: RoleTrust) => readonly Finding[],
): readonly Finding[] {
  const reading = trustOf(resource);
  switch (reading.kind) {
    case "none":
      return [];
    case "unknown":
      return [unknownFinding(reading.value)];
    case "trust":
      return judge(reading.trust);
  }
}
