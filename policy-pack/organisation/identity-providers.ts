import {
  audiencesOf,
  isOfAnyTenant,
  isShared,
  namesSomebody,
  providerOf,
  type IdentityProvider,
} from "../decide/federation";

/** What the schema lets through: an entry that makes tokens ours that nobody can tell from others. */
export function problemWith({
  issuer,
  tenants,
  claims,
}: IdentityProvider): readonly string[] {
  const provider = providerOf(issuer);
  if (isOfAnyTenant(issuer)) {
    return [
      `identityProviders has ${issuer}, and its wildcard stands for whoever uses that issuer: tokens of anybody would count as yours.\n` +
        "  Fix: write the issuer in full, as it stands in the provider's ARN, once for each that is yours.",
    ];
  }
  const open = Object.entries(claims).flatMap(([name, values]) =>
    audiencesOf(provider).includes(name)
      ? [name]
      : values
          .filter((value) => !namesSomebody(value))
          .map((value) => `${name} ${JSON.stringify(value)}`),
  );
  if (isShared(issuer) && open.length > 0) {
    return [
      `identityProviders has claims of ${issuer} that tokens of anybody have: ${open.join(", ")}.\n` +
        `  Fix: add tenants in their place, each the ${provider?.tenant ?? "tenant"} whose tokens are yours; or values that your tokens alone have.`,
    ];
  }
  const listed = tenants.length > 0 || Object.keys(claims).length > 0;
  if (isShared(issuer) && !listed) {
    return [
      `identityProviders has ${issuer} without tenants, and it makes tokens for anybody: none counts as yours.\n` +
        `  Fix: add tenants, each the ${provider?.tenant ?? "tenant"} whose tokens are yours.`,
    ];
  }
  const tells = Object.values(provider?.claims ?? {})
    .flat()
    .some((format) => format.includes("{tenant}"));
  return tenants.length > 0 && !tells
    ? [
        `identityProviders has tenants of ${issuer}, and its tokens do not tell them in a way that is known here: none counts as yours.\n` +
          `  Fix: add claims in their place, as { "sub": ["<what the subjects of yours look like>"] }; or neither, when all of its tokens are yours.`,
      ]
    : [];
}
