import { createRequire } from "node:module";
import type * as Protobuf from "google-protobuf";
import type * as Structs from "google-protobuf/google/protobuf/struct_pb";

const ofMessages = createRequire(require.resolve("@pulumi/pulumi"));

/** What reads the engine's messages: another copy of the package has classes of its own. */
export const { BinaryReader } = ofMessages(
  "google-protobuf",
) as typeof Protobuf;

export const { Struct } = ofMessages(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof Structs;
