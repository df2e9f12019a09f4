import { unknownText, type Declared } from "../pack";
import { allow, dev, trusts } from "../rules/documents";
import { resource } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { strong, strongArn, support } from "./roles";

const rule = "no-escalation-by-role-chaining";
const organisation = { powerRoles: [] };

const jobs = (inputs: object, isNative = false): Declared =>
  resource(
    isNative
      ? "aws-native:batch:JobDefinition"
      : "aws:batch/jobDefinition:JobDefinition",
    "jobs",
    { [isNative ? "jobDefinitionName" : "name"]: "jobs", ...inputs },
  );
const container = { jobRoleArn: strongArn };
const tasks = { taskProperties: [{ taskRoleArn: strongArn }] };
const nodes = { nodeRangeProperties: [{ container }] };
const byAnything = allow("batch:SubmitJob");
const of = (definition: string, queue = "*") =>
  allow("batch:SubmitJob", [
    `arn:aws:batch:eu-central-1:${dev}:job-definition/${definition}`,
    `arn:aws:batch:eu-central-1:${dev}:job-queue/${queue}`,
  ]);
const submits = (definition: Declared, ...held: object[]) => ({
  organisation,
  resources: [
    support(...(held as Record<string, unknown>[])),
    strong(trusts({ Service: "ecs-tasks.amazonaws.com" })),
    definition,
  ],
});

const found: readonly (readonly [string, Declared, object])[] = [
  [
    "in JSON",
    jobs({ containerProperties: JSON.stringify(container) }),
    byAnything,
  ],
  [
    "in JSON with other capitals",
    jobs({ containerProperties: JSON.stringify({ JobRoleArn: strongArn }) }),
    byAnything,
  ],
  ["of each node", jobs({ nodeProperties: JSON.stringify(nodes) }), byAnything],
  ["of its tasks", jobs({ ecsProperties: JSON.stringify(tasks) }), byAnything],
  [
    "in aws-native's form",
    jobs({ containerProperties: container }, true),
    byAnything,
  ],
  ["of aws-native's nodes", jobs({ nodeProperties: nodes }, true), byAnything],
  [
    "by its name alone",
    jobs({ containerProperties: JSON.stringify(container) }),
    of("jobs"),
  ],
  [
    "by one revision",
    jobs({ containerProperties: JSON.stringify(container) }),
    of("jobs:7"),
  ],
];

const closed: readonly (readonly [string, Declared, object])[] = [
  [
    "another definition",
    jobs({ containerProperties: JSON.stringify(container) }),
    of("others"),
  ],
  [
    "a role that only starts the container",
    jobs({
      containerProperties: JSON.stringify({ executionRoleArn: strongArn }),
    }),
    byAnything,
  ],
  [
    "a definition without a role",
    jobs({ containerProperties: JSON.stringify({ image: "busybox" }) }),
    byAnything,
  ],
  [
    "whoever may submit to no queue",
    jobs({ containerProperties: JSON.stringify(container) }),
    allow(
      "batch:SubmitJob",
      `arn:aws:batch:eu-central-1:${dev}:job-definition/*`,
    ),
  ],
];

describe(`${rule}, through job definitions of Batch`, () => {
  testRows(rule, [
    ...found.map(([title, definition, held]): Row => ({
      title: `finds a role ${title}`,
      ...submits(definition, held),
      finds: [
        {
          resource: "Strong",
          chain: ["Support", "job definition of Batch jobs", "Strong"],
          strength: 3,
        },
      ],
    })),
    ...closed.map(([title, definition, held]): Row => ({
      title: `is content with ${title}`,
      ...submits(definition, held),
    })),
    {
      title: "says that it is not known yet which role it has",
      ...submits(jobs({ containerProperties: unknownText }), byAnything),
      finds: [{ resource: "", kind: "unknown", field: "containerProperties" }],
    },
  ]);
});
