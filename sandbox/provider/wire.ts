import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import {
  Struct,
  type JavaScriptValue,
} from "google-protobuf/google/protobuf/struct_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { message } from "../engine/language-host/message";
import { PartlyCreated, toldError } from "./errors";
import type { Properties } from "./properties";

export const plain = (properties: Struct | undefined): Properties =>
  properties?.toJavaScript() ?? {};

/** What is undefined has no place on the wire. */
export const struct = (properties: Properties): Struct =>
  Struct.fromJavaScript(
    JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>,
  );

/** Answers a call with what the work gives, or with the message of its error: never a stack. */
export function answer<T>(
  callback: grpc.sendUnaryData<T>,
  work: Promise<T>,
): void {
  work.then(
    (response) => {
      callback(null, response);
    },
    (error: unknown) => {
      callback({
        code: grpc.status.UNKNOWN,
        details: toldError(error),
        ...(error instanceof PartlyCreated
          ? { metadata: partlyCreated(error) }
          : {}),
      });
    },
  );
}

/** gRPC's way to send more than text with an error: a message in a field of this name. */
function partlyCreated({
  id,
  state,
  message: reason,
}: PartlyCreated): grpc.Metadata {
  const detail = message(new ErrorResourceInitFailed(), {
    id,
    properties: struct(state),
    reasonsList: [reason],
  });
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = message(new Status(), {
    code: grpc.status.UNKNOWN,
    message: reason,
    detailsList: [packed],
  });
  const metadata = new grpc.Metadata();
  metadata.add(
    "grpc-status-details-bin",
    Buffer.from(status.serializeBinary()),
  );
  return metadata;
}
