import { create } from "xmlbuilder2";
import { addFields } from "../xml";
import type { Answer, Service } from "./service";

const namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

const xml = (status: number, body: string): Answer => ({
  status,
  type: "text/xml",
  body,
});

/** EC2: describe the instances, of which there are none. */
export const ec2: Service = {
  read: (call) =>
    call.parameters.get("Action") === "DescribeInstances"
      ? {
          action: "ec2:DescribeInstances",
          resource: "*",
          run: () => {
            const root = create({ version: "1.0" }).ele(
              namespace,
              "DescribeInstancesResponse",
            );
            addFields(root, { requestId: "sandbox", reservationSet: [] });
            return xml(200, root.end());
          },
        }
      : undefined,
  refuse: ({ code, message, status }) => {
    const root = create({ version: "1.0" }).ele("Response");
    addFields(root.ele("Errors").ele("Error"), {
      // EC2's own name for it.
      Code: code === "AccessDenied" ? "UnauthorizedOperation" : code,
      Message: message,
    });
    root.ele("RequestID").txt("sandbox");
    return xml(status, root.end());
  },
};
