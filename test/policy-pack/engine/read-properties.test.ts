import assert from "node:assert/strict";
import fc from "fast-check";
import {
  Struct,
  Value,
  type JavaScriptValue,
} from "google-protobuf/google/protobuf/struct_pb";
import { AnalyzeRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { BinaryReader } from "../../../policy-pack/engine/protobuf";
import { readPropertiesStraight } from "../../../policy-pack/engine/read-properties";
import { readTextsAtOnce } from "../../../policy-pack/engine/read-texts";
import { message } from "../../../sandbox/engine/language-host/message";

type Properties = Record<string, JavaScriptValue>;

/** What a resource may have, at any depth, with letters of any length in UTF-8. */
const { properties } = fc.letrec<{
  value: JavaScriptValue;
  properties: Properties;
}>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.string({ unit: "binary" }),
    fc.array(tie("value")),
    tie("properties"),
  ),
  properties: fc.dictionary(fc.string({ unit: "binary" }), tie("value")),
}));

const sent = (given: Properties, name = "a"): Uint8Array =>
  message(new AnalyzeRequest(), {
    name,
    properties: Struct.fromJavaScript(given),
  }).serializeBinary();

const received = (bytes: Uint8Array): Struct => {
  const read = AnalyzeRequest.deserializeBinary(bytes).getProperties();
  assert.ok(read);
  return read;
};

describe("properties that are read straight into plain objects", () => {
  const plain = Struct.deserializeBinaryFromReader.bind(Struct);
  afterEach(() => {
    Struct.deserializeBinaryFromReader = plain;
  });

  it("are those that google-protobuf reads, in the same order", () => {
    fc.assert(
      fc.property(properties, (given) => {
        const bytes = sent(given);
        Struct.deserializeBinaryFromReader = plain;
        const expected = received(bytes);
        readPropertiesStraight();
        const found = received(bytes);
        assert.deepEqual(found.toJavaScript(), expected.toJavaScript());
        assert.equal(
          JSON.stringify(found.toJavaScript()),
          JSON.stringify(expected.toJavaScript()),
        );
        assert.deepEqual(found.toObject(), expected.toObject());
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it("are refused where a value has no kind, and none is passed over", () => {
    readPropertiesStraight();
    const request = new AnalyzeRequest();
    const struct = new Struct();
    struct.getFieldsMap().set("policy", new Value());
    request.setProperties(struct);
    assert.throws(
      () => received(request.serializeBinary()),
      /Unexpected struct type/,
    );
  });
});

describe("texts that are read at once", () => {
  /* eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back as it was */
  const plain = BinaryReader.prototype.readString;
  afterEach(() => {
    BinaryReader.prototype.readString = plain;
  });

  it("are those that were sent, from one message after the other", () => {
    readTextsAtOnce();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), properties, (name, given) => {
        const read = AnalyzeRequest.deserializeBinary(sent(given, name));
        assert.equal(read.getName(), name);
        assert.equal(
          JSON.stringify(read.getProperties()?.toJavaScript()),
          JSON.stringify(Struct.fromJavaScript(given).toJavaScript()),
        );
      }),
      { seed: 12, numRuns: 60 },
    );
  });
});
