import { perform } from "../authorize";
import { alreadyExists, AwsError } from "../errors";
import type { Call } from "../operation";
import { perAccount } from "../per-account";
import type { ReceivedRequest } from "../request";
import { JsonBody, type Fields } from "./json-body";
import type { JsonCall, JsonOperation } from "./json";
import type { Answer, Service } from "./service";

interface Analyzer {
  readonly name: string;
  readonly type: string;
  readonly createdAt: Date;
}

/** By ARN: an analyzer is one region's. */
const analyzersOf = perAccount(() => new Map<string, Analyzer>());

const arnOf = ({ account, cloud, region }: Call, name: string): string =>
  `arn:${cloud.partition}:access-analyzer:${region}:${account.id}:analyzer/${name}`;

const operations: Readonly<Record<string, JsonOperation>> = {
  ListAnalyzers: { run: listAnalyzers },
  CreateAnalyzer: {
    resource: (call) => arnOf(call, call.body.text("analyzerName")),
    run: createAnalyzer,
  },
};

function listAnalyzers(call: JsonCall): Fields {
  const found = [...analyzersOf(call.account)].filter(([arn]) =>
    arn.startsWith(arnOf(call, "")),
  );
  return {
    analyzers: found.map(([arn, { name, type, createdAt }]) => ({
      arn,
      name,
      type,
      createdAt: createdAt.toISOString(),
      status: "ACTIVE",
    })),
  };
}

function createAnalyzer(call: JsonCall): Fields {
  const name = call.body.text("analyzerName");
  const arn = arnOf(call, name);
  const analyzers = analyzersOf(call.account);
  if (analyzers.has(arn)) throw alreadyExists(`The analyzer ${name}`);
  const type = call.body.text("type");
  analyzers.set(arn, { name, type, createdAt: call.cloud.now() });
  return { arn };
}

/** By method and path, as its REST API has them. */
const actions: Readonly<Record<string, string>> = {
  "GET /analyzer": "ListAnalyzers",
  "PUT /analyzer": "CreateAnalyzer",
};

const answer = (status: number, body: object): Answer => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});

/** IAM Access Analyzer: make an analyzer, and list those of a region. Nothing is analysed. */
export const accessAnalyzer: Service = {
  respond: async (call: Call, { method, url, body }: ReceivedRequest) => {
    const action = actions[`${method} ${url.pathname}`];
    if (action === undefined) {
      throw new AwsError(
        "InvalidAction",
        `The sandbox knows no call of Access Analyzer by ${method} ${url.pathname}`,
      );
    }
    const jsonCall = { ...call, body: JsonBody.parse(body || "{}") };
    return answer(
      200,
      await perform(jsonCall, "access-analyzer", action, operations),
    );
  },
  refuse: ({ code, message, status }) =>
    answer(status, { __type: `${code}Exception`, message }),
};
