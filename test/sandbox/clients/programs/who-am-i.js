// Prints who AWS takes the environment's credentials to be of.
"use strict";

const { STS } = require("@aws-sdk/client-sts");

new STS({ region: "us-east-1" }).getCallerIdentity({}).then(
  ({ Arn }) => console.log(Arn),
  (error) => {
    console.error(`${error.name}: ${error.message}`);
    process.exitCode = 1;
  },
);
