/** By this text the engine knows a value that is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** By this key the engine knows an object that stands for a secret. */
const secretKey = "4dabf18193072939515e22adb298388d";

export const secret = (value: unknown): unknown => ({
  [secretKey]: "1b47061264138c4ac30d75fd1eb44270",
  value,
});

export function hasUnknown(value: unknown): boolean {
  if (value === unknown) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(hasUnknown);
}

/** Nothing, in any of the forms that a program or AWS gives it. */
export const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);
