import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
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
  const response = new proto.CheckResponse();
  response.setInputs(struct(inputs));
  response.setFailuresList(failures.map(failure));
  return response;
}

export function failure({
  property,
  reason,
}: {
  readonly property: string;
  readonly reason: string;
}): proto.CheckFailure {
  const told = new proto.CheckFailure();
  told.setProperty(property);
  told.setReason(reason);
  return told;
}

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
  const response = new proto.DiffResponse();
  response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...changed]);
  response.setReplacesList([...replaces]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  return response;
}

export async function create(
  lifecycle: Lifecycle,
  request: proto.CreateRequest,
): Promise<proto.CreateResponse> {
  const urn = request.getUrn();
  const inputs = plain(request.getProperties());
  const response = new proto.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(struct(lifecycle.previewCreate(urn, inputs)));
    return response;
  }
  const { id, state } = await lifecycle.create(urn, inputs);
  response.setId(id);
  response.setProperties(struct(state));
  return response;
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
  const response = new proto.ReadResponse();
  if (found) {
    response.setId(found.id);
    response.setProperties(struct(found.state));
    response.setInputs(struct(found.inputs));
  }
  return response;
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
  const response = new proto.UpdateResponse();
  response.setProperties(struct(state));
  return response;
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
  const result = await invokeFunction(
    lifecycle.account,
    request.getTok(),
    plain(request.getArgs()),
  );
  const response = new proto.InvokeResponse();
  response.setReturn(struct(result));
  return response;
}
