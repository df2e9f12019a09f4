import type { Call } from "../operation";

/** What a credential's status is to be. */
export function statusIn({ parameters }: Call): "Active" | "Inactive" {
  parameters.required("Status");
  return parameters.oneOf("Status", ["Active", "Inactive"]);
}
