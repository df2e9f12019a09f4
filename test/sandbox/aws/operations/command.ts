/**
 * Writes sandbox/aws/operations.md anew.
 *
 *     node -r ./infra/start test/sandbox/aws/operations/command.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { services } from "../../../../sandbox/aws/services";
import {
  webIdentity,
  webIdentityAction,
} from "../../../../sandbox/aws/web-identity";
import { operationsTable } from "./table";

const unsigned = { [webIdentityAction]: webIdentity };
writeFileSync(
  join(__dirname, "../../../../sandbox/aws/operations.md"),
  operationsTable(services, { sts: unsigned }),
);
