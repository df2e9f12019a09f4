import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { message } from "../engine/language-host/message";
import { invoke as invokeFunction } from "./functions";
import type { Lifecycle } from "./lifecycle";
import type { Naming } from "./naming";
import { plain, struct } from "./wire";

/** The provider's methods about resources: a message in, the lifecycle's answer as a message out. */

export function check(
  lifecycle: Lifecycle,
  request: proto.CheckRequest,
): proto.CheckResponse {
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
}

export const failure = (
  told: Readonly<Record<"property" | "reason", string>>,
): proto.CheckFailure => message(new proto.CheckFailure(), told);

const { Mode } = proto.CheckRequest.AutonamingOptions;

function namingOf(request: proto.CheckRequest): Naming {
  const seed = request.getRandomseed_asU8();
  const options = request.getAutonaming();
  if (!options) return { seed, mode: "propose" };
  switch (options.getMode()) {
    case Mode.DISABLE:
      return { seed, mode: "disable" };
    case Mode.ENFORCE:
      return { seed, mode: "enforce", proposed: options.getProposedName() };
    default:
      return { seed, mode: "propose", proposed: options.getProposedName() };
  }
}

export function diff(
  lifecycle: Lifecycle,
  request: proto.DiffRequest,
): proto.DiffResponse {
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
}

export async function create(
  lifecycle: Lifecycle,
  request: proto.CreateRequest,
): Promise<proto.CreateResponse> {
  const urn = request.getUrn();
  const inputs = plain(request.getProperties());
  const { id, state } = request.getPreview()
    ? { id: "", state: lifecycle.previewCreate(urn, inputs) }
    : await lifecycle.create(urn, inputs);
  return message(new proto.CreateResponse(), { id, properties: struct(state) });
}

/** A resource that is gone is told by an answer without an id. */
export async function read(
  lifecycle: Lifecycle,
  request: proto.ReadRequest,
): Promise<proto.ReadResponse> {
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
}

export async function update(
  lifecycle: Lifecycle,
  request: proto.UpdateRequest,
): Promise<proto.UpdateResponse> {
  const urn = request.getUrn();
  const olds = plain(request.getOlds());
  const news = plain(request.getNews());
  const state = request.getPreview()
    ? lifecycle.previewUpdate(urn, olds, news)
    : await lifecycle.update(urn, request.getId(), olds, news);
  return message(new proto.UpdateResponse(), { properties: struct(state) });
}

export async function remove(
  lifecycle: Lifecycle,
  request: proto.DeleteRequest,
): Promise<Empty> {
  await lifecycle.remove(
    request.getUrn(),
    request.getId(),
    plain(request.getProperties()),
  );
  return new Empty();
}

export async function invoke(
  lifecycle: Lifecycle,
  request: proto.InvokeRequest,
): Promise<proto.InvokeResponse> {
  const args = plain(request.getArgs());
  const result = await invokeFunction(
    lifecycle.account,
    request.getTok(),
    args,
  );
  return message(new proto.InvokeResponse(), { return: struct(result) });
}
