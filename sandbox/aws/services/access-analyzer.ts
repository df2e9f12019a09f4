import { perform } from "../authorize";
import { reading } from "../decided";
import { alreadyExists, AwsError } from "../errors";
import type { Tag } from "../model";
import type { Call } from "../operation";
import { pageAfter } from "../paging";
import { perAccount } from "../per-account";
import type { ReceivedRequest } from "../request";
import { checkedParameters } from "../service-models/checked-parameters";
import type { Fields } from "../service-models/fields";
import { checkTypes } from "../service-models/json-fields";
import { restRequest } from "../service-models/rest-request";
import { serviceModel } from "../service-models/service-model";
import { broughtTags, withTags, type TagRefusals } from "../tags";
import { jsonErrors, type JsonOperations } from "./json";
import { JsonBody } from "./json-body";
import type { Answer, Service } from "./service";

interface Analyzer {
  readonly name: string;
  readonly type: string;
  readonly createdAt: Date;
  readonly tags: Readonly<Record<string, string>>;
  /** Of the request that made it: sent again, it makes nothing new. */
  readonly token: string | undefined;
}

/** By ARN: an analyzer is one region's. */
const analyzersOf = perAccount(() => new Map<string, Analyzer>());

const arnOf = ({ account, cloud, region }: Call, name: string): string =>
  `arn:${cloud.partition}:access-analyzer:${region}:${account.id}:analyzer/${name}`;

const tagsIn = ({ parameters }: Call): readonly Tag[] =>
  Object.entries(parameters.map("tags")).map(([Key, Value]) => ({
    Key,
    Value,
  }));

/** Source: IAM Access Analyzer API Reference, "CreateAnalyzer", errors. */
const tagRefusals: TagRefusals = {
  invalid: (message) => new AwsError("Validation", message),
  tooMany: (message) => new AwsError("ServiceQuotaExceeded", message),
};

const operations: JsonOperations = {
  ListAnalyzers: { run: listAnalyzers },
  CreateAnalyzer: {
    lacks: ["archiveRules", "configuration"],
    resource: (call) => arnOf(call, call.parameters.required("analyzerName")),
    context: (call) => broughtTags(tagsIn(call)),
    run: createAnalyzer,
  },
};

function listAnalyzers(call: Call): Fields {
  const { parameters } = call;
  const type = parameters.get("type");
  const found = [...analyzersOf(call.account)].filter(
    ([arn, one]) =>
      arn.startsWith(arnOf(call, "")) &&
      (type === undefined || one.type === type),
  );
  const { items, next } = pageAfter(
    call,
    {
      token: parameters.get("nextToken"),
      size: parameters.number("maxResults", 100),
      invalid: () => new AwsError("Validation", "nextToken is not valid."),
    },
    found.map(([arn, { name, type, createdAt, tags }]) => [
      name,
      {
        arn,
        name,
        type,
        createdAt: createdAt.toISOString(),
        status: "ACTIVE",
        tags,
      },
    ]),
  );
  return { analyzers: items, nextToken: next };
}

function createAnalyzer(call: Call): Fields {
  const { parameters } = call;
  const name = parameters.required("analyzerName");
  const type = parameters.required("type");
  const token = parameters.get("clientToken");
  const arn = arnOf(call, name);
  const analyzers = analyzersOf(call.account);
  const before = analyzers.get(arn);
  if (before === undefined) {
    withTags([], tagsIn(call), tagRefusals);
    const tags = parameters.map("tags");
    const createdAt = call.cloud.now();
    analyzers.set(arn, { name, type, createdAt, tags, token });
  } else if (token === undefined || token !== before.token) {
    throw alreadyExists(`The analyzer ${name}`);
  }
  return { arn };
}

const answer = (status: number, body: object): Answer => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});

/** @throws AwsError for what is no call of the service, or not as its model has it. */
function askedOf(request: ReceivedRequest) {
  const asked = restRequest(serviceModel("access-analyzer"), request);
  if (!asked) {
    throw new AwsError(
      "UnknownOperation",
      `Access Analyzer has no call by ${request.method} ${request.url.pathname}`,
    );
  }
  const { operation, fieldsIn } = asked;
  const parameters = checkedParameters(
    "access-analyzer",
    operation,
    (model, input) => {
      const { fields } = JsonBody.parse(request.body || "{}");
      checkTypes(model, input, fields);
      return { ...fields, ...fieldsIn(model, input) };
    },
    jsonErrors,
  );
  return { operation, parameters };
}

/** IAM Access Analyzer: make an analyzer, and list those of a region. Nothing is analysed. */
export const accessAnalyzer: Service = {
  operations,
  respond: async (signed, request) => {
    const { operation, parameters } = reading(signed, "access-analyzer:*", () =>
      askedOf(request),
    );
    const call = { ...signed, parameters };
    return answer(
      200,
      await perform(call, "access-analyzer", operation, operations),
    );
  },
  refuse: ({ code, message, status }) =>
    answer(status, { __type: `${code}Exception`, message }),
};
