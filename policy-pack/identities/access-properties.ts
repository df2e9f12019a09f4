import { holderForms, membershipForms, policyGrantForms } from "./forms";

/** The properties of a user, group or role, of their policies and memberships, that the rules read. */
export function propertiesThatGiveAccess(type: string): readonly string[] {
  const holder = holderForms.get(type);
  const grant = policyGrantForms.get(type);
  const membership = membershipForms.get(type);
  return [
    ...[holder?.name, holder?.trust, holder?.session, holder?.boundary],
    ...[holder?.inline?.list, holder?.document, holder?.groups],
    ...[holder?.managed, holder?.managedByName],
    ...(grant?.holders ?? []).map(([, property]) => property),
    ...[grant?.document, grant?.managed, grant?.boundary, grant?.inlineNames],
    ...[membership?.users, membership?.groups],
  ].filter((one) => one !== undefined);
}
