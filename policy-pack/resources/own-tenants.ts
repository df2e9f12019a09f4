import { valueAt, type Path } from "./path";
import type { Resource } from "./resource";

/** Whose tokens are of a stack's own making: those of an issuer, or of one tenant of it. */
export interface OwnTenant {
  /** As an entry of the config has it. */
  readonly issuer: string;
  readonly tenants: readonly string[];
}

/** By the host for IPv6 as well. Source: Amazon EKS User Guide, "Cluster API server endpoint". */
const cluster = (issuer: string): readonly OwnTenant[] =>
  [
    issuer,
    issuer
      .replace("oidc.eks.", "oidc-eks.")
      .replace(".amazonaws.com.cn/", ".api.amazonwebservices.com.cn/")
      .replace(".amazonaws.com/", ".api.aws/"),
  ].map((one) => ({ issuer: one, tenants: [] }));
/** In whichever partition. */
const pool = (id: string): readonly OwnTenant[] => [
  { issuer: "cognito-identity*", tenants: [id] },
];

/** Clusters and identity pools tell what their tokens say, once they are made. */
const places: ReadonlyMap<
  string,
  readonly [Path, (text: string) => readonly OwnTenant[]]
> = new Map<string, readonly [Path, (text: string) => readonly OwnTenant[]]>([
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
    const [path, tenants = cluster] = places.get(type) ?? [];
    const text = path && valueAt(outputs, path);
    return typeof text === "string" ? tenants(text) : [];
  });
