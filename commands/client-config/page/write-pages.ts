import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BastionConfig, UserFacts } from "../../../infra/config";
import type { ClientChoices } from "../../../infra/profiles/profiles";
import { SetUpError } from "../../../infra/profiles/set-up-error";
import { htmlOf, markdownOf } from "./html";
import { newcomersPage } from "./newcomer";

/** Writes a user's page, or everybody's, in both forms; gives the files. */
export function writePages(
  config: BastionConfig,
  user: UserFacts | undefined,
  choices: ClientChoices,
  folder: string,
): readonly string[] {
  const files = (user ? [user] : config.users).flatMap((one) => {
    const page = newcomersPage(config, one, choices);
    return [
      [join(folder, `${one.name}.md`), markdownOf(page)],
      [join(folder, `${one.name}.html`), htmlOf(page)],
    ] as const;
  });
  try {
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of files) writeFileSync(file, text);
  } catch (error) {
    throw new SetUpError(
      `The pages can't be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return files.map(([file]) => file);
}
