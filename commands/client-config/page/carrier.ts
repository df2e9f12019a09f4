import type { MfaDevice } from "../../../infra/profiles/mfa-device";

/** What shows the codes, as a person calls it. */
export const carrierOf = ({ kind }: MfaDevice): "phone" | "token" =>
  kind === "hardware" ? "token" : "phone";
