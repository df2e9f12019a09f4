/** What a person types into AWS's sign-in page. */
export interface SignInRequest {
  /** The account's id or its alias. */
  readonly account: string;
  readonly userName: string;
  readonly password: string;
  /** Needed once the user has an MFA device. */
  readonly mfaCode?: string;
  /** Needed when the password must be changed. */
  readonly newPassword?: string;
}

/** The credentials that the console then works with, for 12 hours. */
export interface ConsoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * Signs in to the sandbox's console.
 *
 * @throws Error with AWS's wording when the sign-in is refused.
 */
export async function signIn(
  endpoint: string,
  request: SignInRequest,
): Promise<ConsoleCredentials> {
  const response = await fetch(new URL("/console/sign-in", endpoint), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  const answer = (await response.json()) as ConsoleCredentials & {
    readonly code?: string;
    readonly message?: string;
  };
  if (response.ok) return answer;
  const error = new Error(answer.message);
  error.name = answer.code ?? "Error";
  throw error;
}
