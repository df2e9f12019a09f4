import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { FaultInjection } from "./faults/injection";
import type { FaultSettings } from "./faults/settings";
import type { AccessKey, Cloud } from "./model";
import { usualLimits } from "./request";
import { awsServer } from "./server";
import {
  addMember,
  newCloud,
  newDeploymentIdentity,
  newOrganizationAdministrator,
  type AccountName,
} from "./new-cloud";

/** Goes by real time until a test or the tour puts it forward, to let an MFA session grow old. */
export interface Clock {
  readonly now: () => Date;
  readonly advance: (seconds: number) => void;
  /**
   * Does what was done so many seconds ago, and comes back: whatever puts the clock forward
   * meanwhile is forgotten.
   */
  readonly inThePast: <T>(
    seconds: number,
    work: () => Promise<T>,
  ) => Promise<T>;
}

/** AWS on this machine. */
export interface SandboxAws {
  /** For `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly cloud: Cloud;
  readonly clock: Clock;
  /** What calls meet, which can be set anew at any time. */
  readonly faults: Pick<FaultInjection, "met" | "set">;
  /** The keys of the management account's deployment identity. */
  readonly deployment: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  /** The keys of whoever sets the organisation's service control policies. */
  readonly organizationAdministrator: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  /** Adds a member account, as a `POST` to `/sandbox/accounts` does. */
  readonly addAccount: (account: AccountName) => void;
  readonly close: () => Promise<void>;
}

export interface AwsOptions {
  /** The member accounts of the organisation, the bastion among them. */
  readonly accounts: readonly AccountName[];
  readonly managementAccountId?: string;
  readonly partition?: Cloud["partition"];
  /** Left out: a free one. */
  readonly port?: number;
  /**
   * Whether the sign-in page, when a password must be changed, changes it in a session that tells of MFA,
   * as the console's others do; left out: it does. AWS's documentation does not say.
   */
  readonly passwordChangeTellsMfa?: boolean;
  /** Left out: calls meet no faults. */
  readonly faults?: FaultSettings | undefined;
  /** Told of each call that was done. */
  readonly onDone?: Cloud["onDone"];
  /** Told of each decision. */
  readonly onDecided?: Cloud["onDecided"];
}

/** Starts a new, empty organisation, on loopback alone. */
export async function startAws(options: AwsOptions): Promise<SandboxAws> {
  const clock = newClock();
  const cloud = newCloud(
    options.partition ?? "aws",
    options.managementAccountId ?? "999999999999",
    options.accounts,
    clock.now,
    {
      passwordChangeTellsMfa: options.passwordChangeTellsMfa ?? true,
      onDone: options.onDone,
      onDecided: options.onDecided,
    },
  );
  const deployment = credentialsOf(newDeploymentIdentity(cloud));
  const organizationAdministrator = credentialsOf(
    newOrganizationAdministrator(cloud),
  );
  const faults = new FaultInjection(cloud);
  faults.set(options.faults);
  const server = awsServer(cloud, usualLimits, faults);
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    cloud,
    clock,
    faults,
    deployment,
    organizationAdministrator,
    addAccount: (account) => {
      addMember(cloud, account);
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const credentialsOf = ({ id, secret }: AccessKey) => ({
  accessKeyId: id,
  secretAccessKey: secret,
});

function newClock(): Clock {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    advance: (seconds) => {
      offset += seconds * 1_000;
    },
    inThePast: async (seconds, work) => {
      const present = offset;
      offset -= seconds * 1_000;
      try {
        return await work();
      } finally {
        offset = present;
      }
    },
  };
}
