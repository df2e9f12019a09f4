import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What `pulumi policy publish` tells of a pack. */
export interface PublishedPack {
  readonly name: string;
  readonly versionTag: string;
  readonly policies: readonly {
    readonly name: string;
    readonly enforcementLevel: string;
    readonly configSchema?: object;
  }[];
}

/** As much of Pulumi Cloud as publishing a pack and checking a config against it ask for. */
export class Cloud {
  pack: PublishedPack | undefined;
  tarball: Buffer | undefined;
  private readonly server: Server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const answer = this.answer(request, body);
      response.writeHead(answer === undefined ? 404 : 200, {
        "content-type": "application/json",
      });
      response.end(JSON.stringify(answer ?? { code: 404, message: "" }));
    });
  });

  static async start(): Promise<Cloud> {
    const cloud = new Cloud();
    await new Promise<void>((resolve) => {
      cloud.server.listen(0, "127.0.0.1", resolve);
    });
    return cloud;
  }

  /** What the CLI needs to take this for the cloud. */
  get environment(): Readonly<Record<string, string>> {
    return { PULUMI_BACKEND_URL: this.url, PULUMI_ACCESS_TOKEN: "pul-none" };
  }

  close(): void {
    this.server.close();
  }

  private get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  private answer({ method, url = "" }: IncomingMessage, body: Buffer) {
    const organization = { githubLogin: "acme", name: "acme" };
    switch (`${method ?? ""} ${url.replace(/\/versions\/.*\//, "/…/")}`) {
      case "GET /api/user":
        return { ...organization, organizations: [organization] };
      case "POST /api/orgs/acme/policypacks":
        this.pack = JSON.parse(body.toString()) as PublishedPack;
        return { version: 1, uploadURI: `${this.url}/upload` };
      case "PUT /upload":
        this.tarball = body;
        return {};
      case "POST /api/orgs/acme/policypacks/bastion-account/…/complete":
        return {};
      case "GET /api/orgs/acme/policypacks/bastion-account/…/schema":
        return { configSchema: this.schemas() };
      default:
        return undefined;
    }
  }

  private schemas(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      (this.pack?.policies ?? []).map(({ name, configSchema }) => [
        name,
        configSchema,
      ]),
    );
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
