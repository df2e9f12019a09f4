import type { RawAnswer } from "../fuzz/wire";

/** An action on a resource, of which a refusal says that it is not allowed. */
export interface Decided {
  readonly action: string;
  readonly resource: string;
}

const told =
  /is not authorized to perform: ([\w-]+:\w+) on resource: (.+?)(?: because no | with an explicit deny |<\/|"\}|$)/s;

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

/** What a refusal is about; undefined for an answer that tells of no decision. */
export function refusedIn({ body }: RawAnswer): Decided | undefined {
  const [, action = "", text = ""] = told.exec(body) ?? [];
  if (action === "") return undefined;
  const resource = body.includes("<Message>")
    ? text.replaceAll(/&\w+;/g, (entity) => entities[entity] ?? entity)
    : (JSON.parse(`"${text}"`) as string);
  return { action, resource };
}
