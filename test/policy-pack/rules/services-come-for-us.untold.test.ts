import { equals, json, reads } from "./documents";
import { resource } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "services-come-for-us";

/** A function's policy, as CloudFormation's templates and other types have it. */
const document = (principal: unknown, condition?: object) =>
  resource("aws-native:lambda:Anything", "notes", {
    policy: json({
      ...reads(principal, condition),
      Action: "lambda:InvokeFunction",
    }),
  });

const permission = (inputs: object) =>
  resource("aws:lambda/permission:Permission", "notes", {
    action: "lambda:InvokeFunction",
    function: "orders",
    ...inputs,
  });
const sending = (type: string, Action: string, service: string) =>
  resource(type, "notes", {
    policy: json({ ...reads({ Service: service }), Action }),
  });

/** Services that tell no account, and such as nothing is known of. */
describe(rule, () => {
  testRows(rule, [
    ...(
      [
        [
          "any skill of Alexa's",
          permission({ principal: "alexa-appkit.amazon.com" }),
        ],
        [
          "any skill of Alexa's for the home",
          permission({ principal: "alexa-connectedhome.amazon.com" }),
        ],
        [
          "skills by a pattern",
          document(
            { Service: "alexa-appkit.amazon.com" },
            { StringLike: { "lambda:EventSourceToken": "amzn1.ask.skill.*" } },
          ),
        ],
        [
          "skills that tell an id, or none",
          document(
            { Service: "alexa-appkit.amazon.com" },
            {
              StringEqualsIfExists: {
                "lambda:EventSourceToken": "amzn1.ask.skill.1",
              },
            },
          ),
        ],
      ] as const
    ).map(([title, one]): Row => ({
      title: `finds ${title}, with the key that closes it`,
      resources: [one],
      finds: [
        {
          resource: "notes",
          kind: "wrong",
          statements: [1],
          says: [
            one.type === "aws:lambda/permission:Permission"
              ? "Fix: give eventSourceToken, with what your own alone have"
              : "Fix: add to that statement StringEquals lambda:EventSourceToken",
          ],
        },
      ],
    })),
    ...[
      sending(
        "aws:sns/topicPolicy:TopicPolicy",
        "sns:Publish",
        "devops-guru.amazonaws.com",
      ),
      sending(
        "aws:sqs/queuePolicy:QueuePolicy",
        "sqs:SendMessage",
        "dms.amazonaws.com",
      ),
    ].map((one): Row => ({
      title: `leaves it undecided of a service that nothing is known of, in ${one.type}`,
      resources: [one],
      finds: [
        {
          resource: "notes",
          kind: "undecided",
          statements: [1],
          says: [
            "nothing tells here whether strangers can point that service",
            "aws:SourceAccount",
          ],
        },
      ],
    })),
    ...(
      [
        [
          "one skill of Alexa's, which has no account",
          permission({
            principal: "alexa-appkit.amazon.com",
            eventSourceToken: "amzn1.ask.skill.1",
          }),
        ],
        [
          "one skill of Alexa's for the home, in a document",
          document(
            { Service: "alexa-connectedhome.amazon.com" },
            equals("lambda:EventSourceToken", "amzn1.ask.skill.1"),
          ),
        ],
      ] as const
    ).map(([title, one]): Row => ({
      title: `is silent on ${title}`,
      resources: [one],
    })),
  ]);
});
