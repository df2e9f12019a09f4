import type {
  JavaScriptValue,
  Struct,
} from "google-protobuf/google/protobuf/struct_pb";

export type Inputs = Readonly<Record<string, unknown>>;

/** The package has these, but strips them from its types. */
export const { deserializeProperties, serializeProperties } =
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- there is nothing to import by name
  require("@pulumi/policy/deserialize") as {
    /** `secrets`: whether they stay wrapped. */
    readonly deserializeProperties: (
      sent: Pick<Struct, "toJavaScript">,
      secrets: boolean,
    ) => Inputs;
    readonly serializeProperties: (props: unknown) => Promise<Inputs>;
  };

/** What a policy is shown of properties that it only judges: nothing is secret there. */
export const unwrapped = (inputs: Inputs): Inputs =>
  deserializeProperties(
    { toJavaScript: () => inputs as Record<string, JavaScriptValue> },
    false,
  );

/** A secret, as the engine sends it. */
export const secret = (value: unknown): Inputs => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
