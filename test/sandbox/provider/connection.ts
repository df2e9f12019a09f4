import * as grpc from "@grpc/grpc-js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { message } from "../../../sandbox/engine/language-host/message";
import type { Properties } from "../../../sandbox/provider/properties";
import { plain, struct } from "../../../sandbox/provider/wire";

type Callback<A> = (error: grpc.ServiceError | null, response: A) => void;

/** One provider of a program, spoken to over a gRPC connection of its own as the engine does. */
export class Connection {
  private readonly client: ResourceProviderClient;

  constructor(port: number) {
    this.client = new ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      // Clients in one process would share a connection otherwise.
      {
        "grpc.use_local_subchannel_pool": 1,
        "grpc.max_receive_message_length": -1,
      },
    );
  }

  close(): void {
    this.client.close();
  }

  async configure(args: Properties): Promise<proto.ConfigureResponse> {
    const request = message(new proto.ConfigureRequest(), {
      args: struct(args),
    });
    return this.send<proto.ConfigureResponse>((done) =>
      this.client.configure(request, done),
    );
  }

  async check(
    type: string,
    news: Properties,
    olds: Properties = {},
  ): Promise<{ inputs: Properties; failures: string[] }> {
    const request = message(new proto.CheckRequest(), {
      urn: urn(type),
      olds: struct(olds),
      news: struct(news),
    });
    const response = await this.send<proto.CheckResponse>((done) =>
      this.client.check(request, done),
    );
    return {
      inputs: plain(response.getInputs()),
      failures: response.getFailuresList().map((one) => one.getReason()),
    };
  }

  /** Checks the inputs, and creates the resource. */
  async create(type: string, news: Properties): Promise<Resource> {
    const { inputs, failures } = await this.check(type, news);
    if (failures.length > 0) throw new Error(failures.join("; "));
    const response = await this.send<proto.CreateResponse>((done) =>
      this.client.create(this.creation(type, inputs), done),
    );
    const state = plain(response.getProperties());
    return { type, id: response.getId(), inputs, state };
  }

  async previewCreate(type: string, news: Properties): Promise<Properties> {
    const { inputs } = await this.check(type, news);
    const request = this.creation(type, inputs);
    request.setPreview(true);
    return plain(
      (
        await this.send<proto.CreateResponse>((done) =>
          this.client.create(request, done),
        )
      ).getProperties(),
    );
  }

  async diff(before: Resource, news: Properties) {
    const { inputs } = await this.check(before.type, news, before.inputs);
    const request = message(new proto.DiffRequest(), change(before, inputs));
    const response = await this.send<proto.DiffResponse>((done) =>
      this.client.diff(request, done),
    );
    return {
      changed: response.getDiffsList(),
      replaces: response.getReplacesList(),
      deleteFirst: response.getDeletebeforereplace(),
    };
  }

  async update(before: Resource, news: Properties): Promise<Resource> {
    const { inputs } = await this.check(before.type, news, before.inputs);
    const request = message(new proto.UpdateRequest(), change(before, inputs));
    const response = await this.send<proto.UpdateResponse>((done) =>
      this.client.update(request, done),
    );
    return { ...before, inputs, state: plain(response.getProperties()) };
  }

  /** Undefined when it is gone. */
  async refresh(before: Resource): Promise<Resource | undefined> {
    const request = message(new proto.ReadRequest(), {
      ...named(before),
      properties: struct(before.state),
      inputs: struct(before.inputs),
    });
    return this.read(before.type, request);
  }

  async import(type: string, id: string): Promise<Resource | undefined> {
    const request = message(new proto.ReadRequest(), named({ type, id }));
    return this.read(type, request);
  }

  async delete(resource: Resource): Promise<void> {
    const request = message(new proto.DeleteRequest(), {
      ...named(resource),
      properties: struct(resource.state),
    });
    await this.send<Empty>((done) => this.client.delete(request, done));
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    const request = message(new proto.InvokeRequest(), {
      tok: token,
      args: struct(args),
    });
    const response = await this.send<proto.InvokeResponse>((done) =>
      this.client.invoke(request, done),
    );
    return plain(response.getReturn());
  }

  /** The schema, as it is sent. */
  async schema(fields: {
    readonly version?: number;
    readonly subpackageName?: string;
  }): Promise<string> {
    const request = message(new proto.GetSchemaRequest(), fields);
    const response = await this.send<proto.GetSchemaResponse>((done) =>
      this.client.getSchema(request, done),
    );
    return response.getSchema();
  }

  async parameterize(): Promise<void> {
    const request = new proto.ParameterizeRequest();
    await this.send<proto.ParameterizeResponse>((done) =>
      this.client.parameterize(request, done),
    );
  }

  /** What a converter is told of another tool's names: the provider's name for itself, and the data. */
  async mapping(key: string): Promise<readonly [string, number]> {
    const request = message(new proto.GetMappingRequest(), { key });
    const response = await this.send<proto.GetMappingResponse>((done) =>
      this.client.getMapping(request, done),
    );
    return [response.getProvider(), response.getData_asU8().length];
  }

  private creation(type: string, inputs: Properties): proto.CreateRequest {
    return message(new proto.CreateRequest(), {
      urn: urn(type),
      properties: struct(inputs),
    });
  }

  private async read(
    type: string,
    request: proto.ReadRequest,
  ): Promise<Resource | undefined> {
    const response = await this.send<proto.ReadResponse>((done) =>
      this.client.read(request, done),
    );
    if (response.getId() === "") return undefined;
    return {
      type,
      id: response.getId(),
      inputs: plain(response.getInputs()),
      state: plain(response.getProperties()),
    };
  }

  private send<A>(
    call: (done: Callback<A>) => grpc.ClientUnaryCall,
  ): Promise<A> {
    return new Promise((resolve, reject) => {
      call((error, response) => {
        if (error) {
          reject(new Error(error.details, { cause: error }));
        } else {
          resolve(response);
        }
      });
    });
  }
}

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

const named = ({ type, id }: Pick<Resource, "type" | "id">) => ({
  urn: urn(type),
  id,
});

const change = (before: Resource, news: Properties) => ({
  ...named(before),
  olds: struct(before.state),
  oldInputs: struct(before.inputs),
  news: struct(news),
});

const urn = (type: string): string => `urn:pulumi:test::test::${type}::thing`;

/** What is inside of the engine's mark for a secret. */
export function secretIn(value: unknown): unknown {
  const marked = value as Readonly<Record<string, unknown>> | undefined;
  return marked?.["4dabf18193072939515e22adb298388d"] ===
    "1b47061264138c4ac30d75fd1eb44270"
    ? marked["value"]
    : undefined;
}
