import { AwsError } from "../errors";
import type { Call } from "../operation";
import { perAccount } from "../per-account";
import type { Fields } from "../service-models/fields";
import { requestTags } from "../tags";
import { jsonService } from "./json";

const tablesOf = perAccount(() => new Set(["ledger"]));

const tableArn = ({ account, cloud, region, parameters }: Call): string => {
  const named = parameters.required("TableName");
  return named.startsWith("arn:")
    ? named
    : `arn:${cloud.partition}:dynamodb:${region}:${account.id}:table/${named}`;
};

const tableName = (call: Call): string =>
  tableArn(call).split(":table/").at(-1) ?? "";

function listTables({ account, parameters }: Call): Fields {
  const after = parameters.get("ExclusiveStartTableName") ?? "";
  const limit = parameters.number("Limit", 100);
  const rest = [...tablesOf(account)].sort().filter((name) => name > after);
  const TableNames = rest.slice(0, limit);
  return rest.length > limit
    ? { TableNames, LastEvaluatedTableName: TableNames.at(-1) }
    : { TableNames };
}

function createTable(call: Call): Fields {
  const { account, parameters } = call;
  const TableName = tableName(call);
  const tables = tablesOf(account);
  if (tables.has(TableName)) {
    throw new AwsError("ResourceInUse", `Table already exists: ${TableName}`);
  }
  tables.add(TableName);
  return {
    TableDescription: {
      TableName,
      TableArn: tableArn(call),
      TableStatus: "ACTIVE",
      AttributeDefinitions: parameters.value("AttributeDefinitions"),
      KeySchema: parameters.value("KeySchema"),
      BillingModeSummary: { BillingMode: parameters.get("BillingMode") },
    },
  };
}

function scan(call: Call): Fields {
  if (tablesOf(call.account).has(tableName(call))) {
    return { Count: 0, ScannedCount: 0, Items: [] };
  }
  throw new AwsError(
    "ResourceNotFound",
    `Requested resource not found: Table: ${tableName(call)} not found`,
  );
}

const noItems = "no table has an item";

/** DynamoDB: list tables, make one, read one. */
export const dynamodb = jsonService("dynamodb", {
  ListTables: { run: listTables },
  CreateTable: {
    lacks: [
      "DeletionProtectionEnabled",
      "GlobalSecondaryIndexes",
      "GlobalTableSettingsReplicationMode",
      "GlobalTableSourceArn",
      "LocalSecondaryIndexes",
      "OnDemandThroughput",
      "ProvisionedThroughput",
      "ResourcePolicy",
      "SSESpecification",
      "StreamSpecification",
      "TableClass",
      "Tags",
      "VectorIndexes",
      "WarmThroughput",
    ],
    resource: tableArn,
    // Whoever may not tag is told so, before the sandbox says that it lacks tags.
    context: requestTags,
    run: createTable,
  },
  Scan: {
    lacks: [
      "AttributesToGet",
      "ConditionalOperator",
      "ExclusiveStartKey",
      "ExpressionAttributeNames",
      "ExpressionAttributeValues",
      "FilterExpression",
      "IndexName",
      "ProjectionExpression",
      "ReturnConsumedCapacity",
      "ScanFilter",
      "Segment",
      "Select",
      "TotalSegments",
    ],
    moot: { ConsistentRead: noItems, Limit: noItems },
    resource: tableArn,
    run: scan,
  },
});
