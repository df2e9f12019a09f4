/** Gives undefined where AWS says that there is no such thing. */
export async function unlessMissing<T>(
  answer: Promise<T>,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  ["NoSuchEntity", "NotFound", "ResourceNotFound"].includes(codeOf(error));

/** An error as a person wants it: AWS's code and message, and no stack. */
export function toldError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  return code === "Error" ? error.message : `${code}: ${error.message}`;
}

/** The code in the API; the SDK's own names for it end otherwise. */
function codeOf(error: Error): string {
  const { Code: code } = error as { readonly Code?: unknown };
  return typeof code === "string"
    ? code
    : error.name.replace(/(?<=.)Exception$/, "");
}

/** The resource is there, and something after its creation failed: the engine must remember it. */
export class PartlyCreated extends Error {
  constructor(
    readonly id: string,
    readonly state: Readonly<Record<string, unknown>>,
    error: unknown,
  ) {
    super(toldError(error));
    this.name = "Error";
  }
}
