import { jsonPage, postedMembers } from "./json-page";
import type { Cloud } from "./model";
import { addMember } from "./new-cloud";

/** `POST` with `{"id": "444444444444", "name": "stage"}` adds an account; every answer lists all. */
export const accountsPage = jsonPage((cloud, request) => {
  const body = postedMembers(request, "id", "name");
  addMember(cloud, { id: body.text("id"), name: body.text("name") });
  return { accounts: listed(cloud) };
});

const listed = ({ accounts }: Cloud) =>
  [...accounts.values()].map(({ id, name }) => ({ id, name }));
