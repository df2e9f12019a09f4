import { invalidInput } from "../errors";
import type { Call } from "../operation";

/**
 * What a credential's status is to be. The model has `Expired`, too, which nobody sets: it comes with
 * time.
 */
export function statusIn({ parameters }: Call): "Active" | "Inactive" {
  const status = parameters.required("Status");
  if (status === "Active" || status === "Inactive") return status;
  throw invalidInput(`A status can't be set to ${status}.`);
}
