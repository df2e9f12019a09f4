import type { ConfigReader } from "./reader";

/** Reports each role of the config that would take the name of one that the accounts have without it. */
export function checkReservedNames(
  reader: ConfigReader,
  names: readonly string[],
  reserved: readonly string[],
  key: string,
): void {
  for (const name of names) {
    const taken = reserved.find(
      (one) => one.toLowerCase() === name.toLowerCase(),
    );
    if (taken === undefined) continue;
    reader.report(
      `roles.${name}`,
      `the name of the role ${taken}, which ${key} stands for`,
      "a name that no other role of the accounts has",
    );
  }
}

/** The same, but of no role that something is wrong with already. */
export const checkReservedNamesOnce = (
  reader: ConfigReader,
  names: readonly string[],
  reserved: readonly string[],
  key: string,
): void => {
  const untold = names.filter((name) => !reader.hasProblem(`roles.${name}`));
  checkReservedNames(reader, untold, reserved, key);
};
