import { addFields, newDocument, xmlAnswer } from "../xml";
import { runIfAllowed, type Service } from "./service";

const namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

/** EC2: describe the instances, of which there are none. */
export const ec2: Service = {
  respond: (call) =>
    runIfAllowed(
      call,
      call.parameters.get("Action") === "DescribeInstances"
        ? {
            action: "ec2:DescribeInstances",
            resource: "*",
            run: () => {
              const root = newDocument().ele(
                namespace,
                "DescribeInstancesResponse",
              );
              addFields(root, { requestId: "sandbox", reservationSet: [] });
              return xmlAnswer(200, root);
            },
          }
        : undefined,
    ),
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
