import { perform } from "../authorize";
import type { Operations } from "../operation";
import { inNamespace, xmlAnswer } from "../xml";
import type { Service } from "./service";

const operations: Operations = {
  DescribeInstances: { run: () => ({ reservationSet: [] }) },
};

/** EC2: describe the instances, of which there are none. */
export const ec2: Service = {
  respond: async (call) => {
    const action = call.parameters.get("Action") ?? "";
    const result = await perform(call, "ec2", action, operations);
    return xmlAnswer(200, `${action}Response`, {
      ...inNamespace("http://ec2.amazonaws.com/doc/2016-11-15/"),
      requestId: "sandbox",
      ...result,
    });
  },
  refuse: ({ code, message, status }) => {
    // EC2's own name for it.
    const Code = code === "AccessDenied" ? "UnauthorizedOperation" : code;
    return xmlAnswer(status, "Response", {
      Errors: { Error: { Code, Message: message } },
      RequestID: "sandbox",
    });
  },
};
