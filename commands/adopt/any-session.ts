import type { Rights } from "../../policy-pack/decide/beyond";
import type { Document, Statement } from "../../policy-pack/decide/document";
import { oncePer } from "../../policy-pack/decide/once-per";
import type { Permissions } from "../../policy-pack/decide/permissions";
import { templateText } from "../../policy-pack/decide/text/template";
import { keysRead, withoutKeys } from "../../policy-pack/decide/without-keys";

/** Which statements that ask who calls are left out: those that may fail. */
type Counting = "least" | "most";

/**
 * What a role's documents allow at least, or at most, whoever is in a session of it: a user and a session
 * differ in all that says who calls, so that such statements can't be held against the user's.
 */
export const ofAnySession = (
  { documents, boundary }: Pick<Permissions, "documents" | "boundary">,
  counting: Counting,
): Rights => ({
  documents: documents.map(withoutCaller[counting]),
  boundary: boundary?.map(withoutCaller[counting]),
});

/** Whether the documents may say of one user what they do not say of another. */
export const tellCallersApart = (documents: readonly Document[]): boolean =>
  documents
    .flatMap(({ statements }) => statements)
    .some((one) => keysRead(one).some(tellsWhoCalls) || namesUsers(one));

/** Whether it may mean some users and not others: a pattern that ends in a letter may. */
const namesUsers = ({ resources }: Statement): boolean =>
  resources?.values.map(templateText).some((text) => {
    const [, , service = "*", , , ...name] = text.split(":");
    const isOfIam = service === "iam" || /[*?]/.test(service);
    return text !== "*" && isOfIam && !ofOthers.test(name.join(":"));
  }) ?? false;

const ofOthers =
  /^(role|group|policy|mfa|instance-profile|server-certificate)\//;

const tellsWhoCalls = (key: string): boolean =>
  /^(aws:(principal|user(id|name)$|multifactor|tokenissuetime|sourceidentity|federated|assumedroot)|sts:rolesessionname)/.test(
    key,
  );

const withoutCaller: Readonly<
  Record<Counting, (document: Document) => Document>
> = {
  least: oncePer((one) => withoutKeys(one, tellsWhoCalls, "Allow")),
  most: oncePer((one) => withoutKeys(one, tellsWhoCalls, "Deny")),
};
