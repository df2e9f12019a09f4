import type { handleUnaryCall } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { message } from "../engine/language-host/message";
import { invoke } from "./functions";
import type { Lifecycle } from "./lifecycle";
import type { Naming } from "./naming";
import { plain, struct } from "./wire";

type Method<Call> =
  Call extends handleUnaryCall<infer Request, infer Response>
    ? (lifecycle: Lifecycle, request: Request) => Response | Promise<Response>
    : never;

type About = "check" | "diff" | "create" | "read" | "update" | "delete";

/** The provider's methods about resources: a message in, the lifecycle's answer as a message out. */
export const methods: {
  readonly [M in About | "invoke"]: Method<IResourceProviderServer[M]>;
} = {
  check: (lifecycle, request) => {
    const { inputs, failures } = lifecycle.check(
      request.getUrn(),
      plain(request.getOlds()),
      plain(request.getNews()),
      namingOf(request),
    );
    return message(new proto.CheckResponse(), {
      inputs: struct(inputs),
      failuresList: failures.map(failure),
    });
  },

  diff: (lifecycle, request) => {
    const { changed, replaces, deleteBeforeReplace } = lifecycle.diff(
      request.getUrn(),
      plain(request.getOlds()),
      plain(request.getOldInputs()),
      plain(request.getNews()),
    );
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    return message(new proto.DiffResponse(), {
      changes: changed.length > 0 ? DIFF_SOME : DIFF_NONE,
      diffsList: [...changed],
      replacesList: [...replaces],
      deletebeforereplace: deleteBeforeReplace,
    });
  },

  create: async (lifecycle, request) => {
    const urn = request.getUrn();
    const inputs = plain(request.getProperties());
    const { id, state } = request.getPreview()
      ? { id: "", state: lifecycle.previewCreate(urn, inputs) }
      : await lifecycle.create(urn, inputs);
    const properties = struct(state);
    return message(new proto.CreateResponse(), { id, properties });
  },

  /** A resource that is gone is told by an answer without an id. */
  read: async (lifecycle, request) => {
    const found = await lifecycle.read(
      request.getUrn(),
      request.getId(),
      plain(request.getProperties()),
      plain(request.getInputs()),
    );
    if (!found) return new proto.ReadResponse();
    return message(new proto.ReadResponse(), {
      id: found.id,
      properties: struct(found.state),
      inputs: struct(found.inputs),
    });
  },

  update: async (lifecycle, request) => {
    const urn = request.getUrn();
    const olds = plain(request.getOlds());
    const news = plain(request.getNews());
    const state = request.getPreview()
      ? lifecycle.previewUpdate(urn, olds, news)
      : await lifecycle.update(urn, request.getId(), olds, news);
    return message(new proto.UpdateResponse(), { properties: struct(state) });
  },

  delete: async (lifecycle, request) => {
    const state = plain(request.getProperties());
    await lifecycle.remove(request.getUrn(), request.getId(), state);
    return new Empty();
  },

  invoke: async ({ account }, request) => {
    const args = plain(request.getArgs());
    const result = await invoke(account, request.getTok(), args);
    return message(new proto.InvokeResponse(), { return: struct(result) });
  },
};

export const failure = (
  told: Readonly<Record<"property" | "reason", string>>,
): proto.CheckFailure => message(new proto.CheckFailure(), told);

const { Mode } = proto.CheckRequest.AutonamingOptions;

function namingOf(request: proto.CheckRequest): Naming {
  const seed = request.getRandomseed_asU8();
  const options = request.getAutonaming();
  if (!options) return { seed, mode: "propose" };
  const mode = options.getMode();
  if (mode === Mode.DISABLE) return { seed, mode: "disable" };
  return {
    seed,
    mode: mode === Mode.ENFORCE ? "enforce" : "propose",
    proposed: options.getProposedName(),
  };
}
