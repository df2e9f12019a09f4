import { runSimulation } from "@cloud-copilot/iam-simulate";

/** One request, and all that decides over it. */
export interface Simulated {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** That of the resource; left out: 222222222222. */
  readonly account?: string;
  readonly context: Readonly<Record<string, string | string[]>>;
  readonly identity: readonly unknown[];
  readonly trust?: unknown;
  readonly boundary?: unknown;
}

/** Whether the request is allowed, decided by a simulator that is not ours. */
export async function simulate(asked: Simulated): Promise<boolean> {
  const { principal, action, resource, identity, trust, boundary } = asked;
  const answer = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: asked.account ?? "222222222222" },
        contextVariables: asked.context,
      },
      identityPolicies: identity.map((policy, index) => ({
        name: `policy ${index}`,
        policy,
      })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: trust,
      ...(boundary === undefined
        ? {}
        : {
            permissionBoundaryPolicies: [
              { name: "boundary", policy: boundary },
            ],
          }),
    },
    { simulationMode: "Strict" },
  );
  if (answer.resultType === "error") {
    throw new Error(
      `${action} was not decided: ${JSON.stringify(answer.errors)}`,
    );
  }
  return answer.overallResult === "Allowed";
}

export const everything = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
};
