import type { Account } from "../model";
import type { Call } from "../operation";
import type { Answer, Service, ServiceWish } from "./service";

const json = (status: number, body: object): Answer => ({
  status,
  type: "application/x-amz-json-1.0",
  body: JSON.stringify(body),
});

const tables = new WeakMap<Account, Set<string>>();

function tablesOf(account: Account): Set<string> {
  const known = tables.get(account) ?? new Set(["ledger"]);
  tables.set(account, known);
  return known;
}

type Body = Readonly<Record<string, unknown>>;

const operations: Readonly<
  Record<string, (account: Account, table: string) => Answer>
> = {
  ListTables: (account) =>
    json(200, { TableNames: [...tablesOf(account)].sort() }),
  CreateTable: (account, table) => {
    tablesOf(account).add(table);
    return json(200, {
      TableDescription: { TableName: table, TableStatus: "ACTIVE" },
    });
  },
  Scan: (account, table) =>
    tablesOf(account).has(table)
      ? json(200, { Count: 0, ScannedCount: 0, Items: [] })
      : json(400, {
          __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
          message: `Requested resource not found: Table: ${table} not found`,
        }),
};

function wishOf(
  call: Call,
  operation: string,
  body: Body,
): ServiceWish | undefined {
  const run = operations[operation];
  const { account, cloud, region } = call;
  const table = typeof body["TableName"] === "string" ? body["TableName"] : "";
  return (
    run && {
      action: `dynamodb:${operation}`,
      resource:
        operation === "ListTables"
          ? "*"
          : `arn:${cloud.partition}:dynamodb:${region}:${account.id}:table/${table}`,
      run: () => run(account, table),
    }
  );
}

/** DynamoDB: list tables, make one, read one. */
export const dynamodb: Service = {
  read: (call, { headers, body }) => {
    const target = String(headers["x-amz-target"]).split(".").at(-1) ?? "";
    return wishOf(call, target, JSON.parse(body || "{}") as Body);
  },
  refuse: ({ code, message, status }) =>
    json(status === 403 ? 400 : status, {
      __type: `com.amazon.coral.service#${code}Exception`,
      message,
    }),
};
