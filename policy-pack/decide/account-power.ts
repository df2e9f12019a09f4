import data from "../data/account-actions.json";
import { speaksOfAction, thoseAllowed } from "./could-allow";
import type { Document, Statement } from "./document";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import { layersOf } from "./permissions";
import { mayRequest, once } from "./powers";
import { compile, matches } from "./text/pattern";
import { templateText } from "./text/template";

/**
 * Whether it says who gets into the accounts of an organisation, or lifts what limits them: through
 * Identity Center, Organizations or root sessions. These work in an organisation's management account,
 * and in those that it delegates them to; PowerUserAccess allows them in every account. So a
 * statement counts that names the service, and not one for all services but a few.
 */
export const mayChangeAccounts = once((permissions) =>
  firstOpen(
    thoseAllowed(layersOf(permissions), accountActions).map(
      ({ action }) =>
        (effort: Effort) => {
          const documents = permissions.documents.map(naming(action));
          return mayRequest(
            { ...permissions, documents },
            { action, resource: "*", effort },
          );
        },
    ),
  ),
);

/** Each of them is enough; those that matter most stand first. */
export const accountActions = Object.values(data.power)
  .flat()
  .map((action) => ({ action }));

const naming =
  (action: string) =>
  ({ statements }: Document): Document => ({
    statements: statements.filter(
      (one) =>
        one.effect === "Deny" ||
        (speaksOfAction(one, action) && namesService(one, action)),
    ),
  });

/**
 * By the whole name of the action, or by two letters of the service's, whatever wildcards stand beside
 * them: by first letters somebody may name all services. Of `sts:*` roles are meant, and no root sessions.
 */
function namesService({ actions }: Statement, action: string): boolean {
  const [service, name] = action.toLowerCase().split(":");
  return (
    actions?.mode === "these" &&
    actions.values.some((value) => {
      const pattern = compile(value, "wildcards", true);
      const [written = "", asked] = templateText(value)
        .toLowerCase()
        .split(":");
      const isNamed =
        written.replaceAll(/[*?]/g, "").length > 1 || asked === name;
      const isOfRoles = service === "sts" && matches(pattern, "sts:AssumeRole");
      return isNamed && !isOfRoles && matches(pattern, action);
    })
  );
}
