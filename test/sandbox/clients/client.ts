import type { Found, Program } from "./find";

/** A client of people's, as they run it. */
export interface Client {
  readonly name: string;
  readonly find: () => Found;
  /** A shell command that prints who it is by a profile. */
  readonly command: (program: Program, profile: string) => string;
  /** How it asks for an MFA code. */
  readonly prompt: RegExp;
  /** Where it finds the user's key: by the profiles' `credential_process`, or not. */
  readonly key: "keychain" | "credentials file";
  /** The command for a further role, where one code opens all of them. */
  readonly next?: (program: Program, profile: string) => string;
  /** The profiles are those of client-config's `--mfa-login`. */
  readonly mfaLogin?: true;
  /** It asks for a code whatever the profiles say, and so never comes without. */
  readonly alwaysAsks?: true;
  readonly environment?: Readonly<Record<string, string>>;
}
