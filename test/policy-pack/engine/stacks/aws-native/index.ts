import { CustomResource, ProviderResource, type Inputs } from "@pulumi/pulumi";

/** The package's own classes do the same as these two, with types. */
class NativeProvider extends ProviderResource {
  constructor(name: string, inputs: Inputs) {
    super("aws-native", name, inputs);
  }
}
class NativeResource extends CustomResource {
  constructor(type: string, name: string, inputs: Inputs) {
    super(`aws-native:iam:${type}`, name, inputs, { provider });
  }
}

const provider = new NativeProvider("dev", {
  region: "eu-west-1",
  allowedAccountIds: ["222222222222"],
});

new NativeResource("Role", "support", {
  roleName: "Support",
  assumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::111111111111:root"] },
        Action: ["sts:AssumeRole"],
        // Plain access keys carry no such key, and so pass.
        Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
      },
    ],
  },
});
new NativeResource("Role", "builder", {
  roleName: "Builder",
  assumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "codebuild.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ],
  },
});
new NativeResource("ManagedPolicy", "builder-keys", {
  managedPolicyName: "BuilderKeys",
  roles: ["Builder"],
  policyDocument: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "iam:CreateAccessKey", Resource: "*" },
    ],
  },
});
new NativeResource("User", "robot", {
  userName: "shop-robot",
  groups: ["bastion-users"],
});
