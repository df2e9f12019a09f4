/** Runs after each compilation, from bin/. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packConfigSchema } from "./pack-config-schema";

writeFileSync(
  join(__dirname, "rules.schema.json"),
  `${JSON.stringify(packConfigSchema, undefined, 2)}\n`,
);
