import { into } from "../accounts";
import { bastion } from "../people";

// Somebody tidied up the list of roles.
bastion(into("bastion"), {
  rolesOfOperations: ["arn:aws:iam::222222222222:role/ReadOnly"],
});
