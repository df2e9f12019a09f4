import { AwsError } from "../errors";
import { perAccount } from "../per-account";
import { jsonService, type JsonCall } from "./json";

const tablesOf = perAccount(() => new Set(["ledger"]));

const tableArn = ({ account, cloud, region, body }: JsonCall): string =>
  `arn:${cloud.partition}:dynamodb:${region}:${account.id}:table/${body.text("TableName")}`;

/** DynamoDB: list tables, make one, read one. */
export const dynamodb = jsonService("dynamodb", {
  ListTables: {
    run: ({ account }) => ({ TableNames: [...tablesOf(account)].sort() }),
  },
  CreateTable: {
    resource: tableArn,
    run: ({ account, body }) => {
      const table = body.text("TableName");
      tablesOf(account).add(table);
      return {
        TableDescription: { TableName: table, TableStatus: "ACTIVE" },
      };
    },
  },
  Scan: {
    resource: tableArn,
    run: ({ account, body }) => {
      const table = body.text("TableName");
      if (tablesOf(account).has(table)) {
        return { Count: 0, ScannedCount: 0, Items: [] };
      }
      throw new AwsError(
        "ResourceNotFound",
        `Requested resource not found: Table: ${table} not found`,
      );
    },
  },
});
