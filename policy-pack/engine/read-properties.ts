import type { BinaryReader } from "google-protobuf";
import type { JavaScriptValue as Value } from "google-protobuf/google/protobuf/struct_pb";
import { Struct } from "./protobuf";

/**
 * Reads the properties in the engine's messages straight into plain objects: google-protobuf makes
 * several objects of its own for each value, and then the plain one of those. Has to be called before
 * the pack starts its server.
 */
export function readPropertiesStraight(): void {
  Struct.deserializeBinaryFromReader = (message, reader) => {
    const properties = readStruct(reader);
    message.toJavaScript = () => properties;
    // Nobody asks for these, and they would say that there is nothing.
    message.getFieldsMap = () =>
      Struct.fromJavaScript(properties).getFieldsMap();
    return message;
  };
}

type Fields = Map<string, Value>;

/** What is read into: a message's reader hands it through. */
interface Place {
  value?: Value;
}

function readStruct(reader: BinaryReader): Record<string, Value> {
  const fields: Fields = new Map();
  readFields(fields, reader);
  const properties: Record<string, Value> = {};
  // As google-protobuf does: the engine sends them in another order at each run.
  for (const key of [...fields.keys()].sort()) {
    properties[key] = fields.get(key) as Value;
  }
  return properties;
}

function readFields(fields: Fields, reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) reader.readMessage(fields, readField);
    else reader.skipField();
  }
}

function readField(fields: Fields, reader: BinaryReader): void {
  let key = "";
  const place: Place = {};
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 1:
        key = reader.readString();
        break;
      case 2:
        reader.readMessage(place, readValue);
        break;
      default:
        reader.skipField();
    }
  }
  fields.set(key, valueOf(place));
}

function readValue(place: Place, reader: BinaryReader): void {
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 1:
        reader.readEnum();
        place.value = null;
        break;
      case 2:
        place.value = reader.readDouble();
        break;
      case 3:
        place.value = reader.readString();
        break;
      case 4:
        place.value = reader.readBool();
        break;
      case 5:
        reader.readMessage(place, (inside: Place) => {
          inside.value = readStruct(reader);
        });
        break;
      case 6:
        reader.readMessage(place, (inside: Place) => {
          inside.value = readList(reader);
        });
        break;
      default:
        reader.skipField();
    }
  }
}

function readList(reader: BinaryReader): Value[] {
  const list: Value[] = [];
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) {
      const place: Place = {};
      reader.readMessage(place, readValue);
      list.push(valueOf(place));
    } else reader.skipField();
  }
  return list;
}

function valueOf({ value }: Place): Value {
  if (value === undefined) throw new Error("Unexpected struct type");
  return value;
}
