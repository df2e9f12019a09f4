import { valueAt, type Path } from "./path";
import type { Resource } from "./resource";

/** Whose tokens are of a stack's own making: those of an issuer, or of one tenant of it. */
export interface OwnTenant {
  /** As an entry of the config has it. */
  readonly issuer: string;
  readonly tenants: readonly string[];
}

const cluster = (issuer: string): OwnTenant => ({ issuer, tenants: [] });
/** In whichever partition. */
const pool = (id: string): OwnTenant => ({
  issuer: "cognito-identity*",
  tenants: [id],
});

/** Clusters and identity pools tell what their tokens say, once they are made. */
const places: ReadonlyMap<
  string,
  readonly [Path, (text: string) => OwnTenant]
> = new Map<string, readonly [Path, (text: string) => OwnTenant]>([
  [
    "aws:eks/cluster:Cluster",
    [["identities", 0, "oidcs", 0, "issuer"], cluster],
  ],
  ["aws-native:eks:Cluster", [["openIdConnectIssuerUrl"], cluster]],
  ["aws:cognito/identityPool:IdentityPool", [["id"], pool]],
  ["aws-native:cognito:IdentityPool", [["awsId"], pool]],
]);

export const ownTenants = (
  resources: readonly Resource[],
): readonly OwnTenant[] =>
  resources.flatMap(({ type, outputs }) => {
    const [path, tenant = cluster] = places.get(type) ?? [];
    const text = path && valueAt(outputs, path);
    return typeof text === "string" ? [tenant(text)] : [];
  });
