import { perform } from "../authorize";
import type { Operations } from "../operation";
import { addFields, newDocument, xmlAnswer } from "../xml";
import type { Service } from "./service";

const namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

const operations: Operations = {
  DescribeInstances: { run: () => ({ reservationSet: [] }) },
};

/** EC2: describe the instances, of which there are none. */
export const ec2: Service = {
  respond: async (call) => {
    const action = call.parameters.get("Action") ?? "";
    const result = await perform(call, "ec2", action, operations);
    const root = newDocument().ele(namespace, `${action}Response`);
    addFields(root, { requestId: "sandbox", ...result });
    return xmlAnswer(200, root);
  },
  refuse: ({ code, message, status }) => {
    const root = newDocument().ele("Response");
    addFields(root.ele("Errors").ele("Error"), {
      // EC2's own name for it.
      Code: code === "AccessDenied" ? "UnauthorizedOperation" : code,
      Message: message,
    });
    root.ele("RequestID").txt("sandbox");
    return xmlAnswer(status, root);
  },
};
