import type { Witness } from "../../../policy-pack/decide/search";

/** The witness as a request that a simulator takes. */
export function requestOf({ caller, values }: Witness) {
  const keys = Object.fromEntries(
    [...values].flatMap(([key, value]) => {
      if (key.startsWith(":") || value === undefined) return [];
      const [first, ...more] = value;
      return [[key, more.length > 0 ? [...value] : (first ?? "")]] as const;
    }),
  );
  const arn = values.get("aws:principalarn")?.[0] ?? "";
  const session = arn
    .replace(":iam:", ":sts:")
    .replace(/:role\/(.*\/)?([^/]+)$/, ":assumed-role/$2/session");
  const named = "sessionArn" in caller ? caller.sessionArn : undefined;
  return {
    principal: caller.kind === "user" ? arn : (named ?? session),
    keys,
  };
}
