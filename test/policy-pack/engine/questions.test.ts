import assert from "node:assert/strict";
import { promisify } from "node:util";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type {
  AnalyzeRequest,
  AnalyzeResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Analysis } from "../../../policy-pack/engine/analysis";
import { followQuestions } from "../../../policy-pack/engine/questions";
import { policies } from "../../../policy-pack/policies";
import { rules } from "../../../policy-pack/rules";
import type { Resource } from "../../../policy-pack/resources/resource";
import { resourceRequest } from "../../../sandbox/bench/analysis-requests";
import { manyResources } from "../../../sandbox/bench/thousand-resources";
import { unknownText } from "../pack";

/* eslint-disable-next-line @typescript-eslint/no-require-imports -- the package strips this from its types */
const { makeAnalyzeRpcFun } = require("@pulumi/policy/server") as {
  readonly makeAnalyzeRpcFun: (
    ...pack: readonly [string, string, string, object]
  ) => (
    call: { readonly request: AnalyzeRequest },
    callback: (error: Error | null, response: AnalyzeResponse) => void,
  ) => void;
};

const declared = [
  ...manyResources(21),
  {
    type: "aws:iam/role:Role",
    name: "for-anyone",
    inputs: {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
        ],
      }),
    },
  },
  {
    type: "aws:iam/role:Role",
    name: "not-known-yet",
    inputs: { assumeRolePolicy: unknownText },
  },
];

const { analyze: method } = AnalyzerService;
const { requestDeserialize, responseSerialize } = method;

/** What the pack answers, as the server has it; the questions go through the engine's messages. */
class Pack {
  /** How often a rule was called for its findings, and how often for nothing. */
  judged = 0;

  constructor(
    readonly analysis = new Analysis(() => true),
    private readonly analyze = promisify(
      makeAnalyzeRpcFun(
        "bastion-account",
        "0.1.0",
        "mandatory",
        policies(
          analysis,
          rules.map((rule) => {
            const { judgeResource } = rule;
            if (judgeResource === undefined) return rule;
            return {
              ...rule,
              judgeResource: (...args: Parameters<typeof judgeResource>) => {
                this.judged += 1;
                return judgeResource(...args);
              },
            };
          }),
        ),
      ),
    ),
  ) {}

  async answer(resource: (typeof declared)[number]): Promise<object> {
    const bytes = Buffer.from(resourceRequest(resource).serializeBinary());
    const request = method.requestDeserialize(bytes);
    const response = await this.analyze({ request });
    method.responseSerialize(response);
    return response.toObject();
  }

  async inTurn(): Promise<object[]> {
    const answers: object[] = [];
    for (const one of declared) answers.push(await this.answer(one));
    return answers;
  }

  atOnce(): Promise<object[]> {
    return Promise.all(declared.map((one) => this.answer(one)));
  }
}

describe("a rule that finds nothing in a resource", () => {
  afterEach(() => {
    Object.assign(method, { requestDeserialize, responseSerialize });
  });

  it("is passed over, and what others find is told as ever", async () => {
    const expected = await new Pack().inTurn();
    const pack = new Pack();
    followQuestions(pack.analysis);
    assert.deepEqual(await pack.inTurn(), expected);
    const text = JSON.stringify(expected);
    assert.ok(text.includes("people-need-mfa"));
    assert.ok(text.includes("can't be known during preview"));
    const judging = rules.filter(({ judgeResource }) => judgeResource).length;
    assert.equal(pack.judged, judging * declared.length);
  });

  it("tells as much where the engine asks about many resources at once", async () => {
    const expected = await new Pack().inTurn();
    const pack = new Pack();
    followQuestions(pack.analysis);
    assert.deepEqual(await pack.atOnce(), expected);
    assert.deepEqual(await pack.inTurn(), expected);
  });
});

describe("the one question that the engine waits for", () => {
  const args = (name: string) =>
    ({ type: "a:b:C", name, urn: name, props: {} }) as Parameters<
      Analysis["record"]
    >[0];
  const asked = ({ asked }: { readonly asked: Resource | undefined }) =>
    asked?.name;

  it("is known from its resource's being read until it is answered", () => {
    const analysis = new Analysis();
    analysis.begin();
    assert.equal(asked(analysis), undefined);
    analysis.record(args("one"));
    assert.equal(asked(analysis), "one");
    analysis.end();
    assert.equal(asked(analysis), undefined);
  });

  it("is none of two that are open, and none once either is answered", () => {
    const analysis = new Analysis();
    analysis.begin();
    analysis.record(args("one"));
    analysis.begin();
    assert.equal(asked(analysis), undefined);
    analysis.record(args("other"));
    assert.equal(asked(analysis), undefined);
    analysis.end();
    assert.equal(asked(analysis), undefined);
  });

  it("is none where nobody tells of questions", () => {
    const analysis = new Analysis();
    analysis.record(args("one"));
    assert.equal(asked(analysis), undefined);
  });
});
