import { perform } from "../authorize";
import { reading } from "../decided";
import { AwsError } from "../errors";
import type { Operations, Result } from "../operation";
import type { ModelErrors } from "../service-models/checked-parameters";
import { inNamespace, xmlAnswer } from "../xml";
import { formOf } from "../request";
import { queryRequest } from "./query";
import type { Service } from "./service";

const nothingThere = "there are no instances";

const operations: Operations = {
  DescribeInstances: {
    lacks: ["DryRun"],
    context: ({ region }) => ({ "ec2:Region": region }),
    moot: {
      Filters: nothingThere,
      IncludeManagedResources: nothingThere,
      MaxResults: nothingThere,
      NextToken: nothingThere,
    },
    run: ({ parameters }) => {
      const wanted = parameters.list("InstanceIds");
      if (wanted.length === 0) return { reservationSet: [] };
      throw new AwsError(
        "InvalidInstanceID.NotFound",
        `The instance IDs '${wanted.join(", ")}' do not exist`,
      );
    },
  },
};

const errors: ModelErrors = {
  unknownOperation: "InvalidAction",
  unknownParameter: "UnknownParameter",
  validation: "InvalidParameterValue",
};

/** A denial has a name of EC2's own, and a sentence before it. */
const inOwnWords = ({ code, message }: AwsError): Result =>
  code === "AccessDenied"
    ? {
        Code: "UnauthorizedOperation",
        Message: `You are not authorized to perform this operation. ${message}`,
      }
    : { Code: code, Message: message };

/** EC2: describe the instances, of which there are none. */
export const ec2: Service = {
  operations,
  respond: async (signed, request) => {
    const form = formOf(request);
    const asked = `ec2:${form.get("Action") ?? "*"}`;
    const { action, parameters } = reading(signed, asked, () =>
      queryRequest("ec2", form, errors),
    );
    const call = { ...signed, parameters };
    const result = await perform(call, "ec2", action, operations);
    return xmlAnswer(200, `${action}Response`, {
      ...inNamespace("http://ec2.amazonaws.com/doc/2016-11-15/"),
      requestId: "sandbox",
      ...result,
    });
  },
  refuse: (error) =>
    xmlAnswer(error.status, "Response", {
      Errors: { Error: inOwnWords(error) },
      RequestID: "sandbox",
    }),
};
