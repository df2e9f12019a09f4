/**
 * `npm run build:template -- <folder>`: makes a folder that `pulumi new` takes, with nothing in it that this
 * checkout does not have: the program, Pulumi.yaml, and the people of the example of two accounts.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { manifest } from "./manifest";
import { projectFile, stackFile } from "./stack-files";

const checkout = resolve(__dirname, "../..");

/** What is copied as it is; the rest is made of what stands there. */
const copied = ["LICENSE", ".npmrc", ".nvmrc"];

/** @throws Error when there is something in the folder already. */
export function buildTemplate(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(
      `${folder}: found files, expected an empty folder or none. Fix: name another, or empty it`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const read = (...path: readonly string[]): string =>
    readFileSync(join(checkout, ...path), "utf8");
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  for (const name of copied) cpSync(join(checkout, name), join(folder, name));
  // infra/README.md tells of this checkout.
  cpSync(join(checkout, "infra"), join(folder, "infra"), {
    recursive: true,
    filter: (file) => file !== join(checkout, "infra", "README.md"),
  });
  write(".gitignore", "node_modules/\n");
  write("README.md", read("examples", "template", "README.md"));
  mkdirSync(join(folder, "docs"));
  write(join("docs", "config.md"), alone(read("docs", "config.md")));
  write("Pulumi.yaml", projectFile(read("Pulumi.yaml")));
  const people = read("examples", "two-accounts", "Pulumi.bastion.yaml");
  write("Pulumi.bastion.yaml", stackFile(people));
  write("package.json", manifest(read("package.json"), join(folder, "infra")));
}

/** A page without its links to other pages. */
const alone = (page: string): string =>
  page.replaceAll(/\[([^\]]*)\]\((?!#|https:)[^)]*\)/g, "$1");

/** Without a name for the stack, Pulumi proposes `dev`, which says nothing of what it builds. */
export const newProject = (template: string): string =>
  `pulumi new '${template.replaceAll("'", String.raw`'\''`)}' --stack bastion`;

if (require.main === module) {
  const [folder, ...others] = process.argv.slice(2);
  if (folder === undefined || others.length > 0) {
    console.error(
      "Expected one folder. Fix: npm run build:template -- <folder>",
    );
    process.exitCode = 1;
  } else {
    buildTemplate(resolve(folder));
    console.log("In a new, empty folder:");
    console.log(newProject(resolve(folder)));
  }
}
