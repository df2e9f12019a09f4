import { alarmKeyTag } from "../documents/break-glass-access";
import { quotas } from "../documents/quotas";
import type { UserFacts } from "./model";
import type { ConfigReader } from "./reader";

type Tags = Readonly<Record<string, string>>;

/** The program puts one of its own on a user, and on a key. */
const most = quotas.tagsPerResource - 1;

/** What AWS would refuse of tags in mid-deployment: those of everything, and with them each user's. */
export function checkTags(reader: ConfigReader, tags: Tags): void {
  checkCount(reader, "tags", tags);
  checkNames(reader, [
    { path: "", tags: ofTheAlarm },
    { path: "tags", tags },
  ]);
}

export function checkUsersTags(
  reader: ConfigReader,
  everyones: Tags,
  { name, tags }: Pick<UserFacts, "name" | "tags">,
): void {
  const path = `users.${name}.tags`;
  checkCount(reader, path, { ...everyones, ...tags });
  checkNames(reader, [
    { path: "tags", tags: everyones },
    { path, tags },
  ]);
}

const ofTheAlarm: Tags = { [alarmKeyTag.key]: alarmKeyTag.value };

function checkCount(reader: ConfigReader, path: string, tags: Tags): void {
  const count = Object.keys(tags).length;
  if (count <= most) return;
  reader.report(
    path,
    `${count} tags`,
    `at most ${most}: AWS lets a resource have ${quotas.tagsPerResource}, and one is the program's`,
  );
}

/** IAM takes names of tags that differ in case alone to be one, given twice. */
function checkNames(
  reader: ConfigReader,
  lists: readonly { readonly path: string; readonly tags: Tags }[],
): void {
  const seen = new Map<string, string>();
  for (const { path, tags } of lists) {
    for (const key of Object.keys(tags)) {
      const twin = seen.get(key.toLowerCase()) ?? key;
      if (twin !== key && !reader.hasProblem(`${path}.${key}`)) {
        reader.reportTwin(`${path}.${key}`, twin);
      }
      seen.set(key.toLowerCase(), key);
    }
  }
}
