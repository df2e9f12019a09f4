import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { ask, hasTerminal } from "../command-line/terminal";
import { newPatience } from "./patience";

type OwnCredentials = ReturnType<typeof fromNodeProviderChain>;

let own: OwnCredentials | undefined;

/**
 * The caller's own, as the SDK finds them. All clients share them: a code is good for one call, so a
 * profile that asks for MFA is asked about once.
 */
export function ownCredentials(): OwnCredentials {
  own ??= fromNodeProviderChain({
    clientConfig: newPatience(),
    ...(hasTerminal()
      ? {
          mfaCodeProvider: (serial: string) => ask(`MFA code of ${serial}: `),
        }
      : {}),
  });
  return own;
}
