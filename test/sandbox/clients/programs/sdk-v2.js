// Prints who it is by the profile named: node sdk-v2.js <profile>
"use strict";

const { createInterface } = require("node:readline");
const AWS = require("aws-sdk");

// It knows no AWS_ENDPOINT_URL.
AWS.config.update({
  region: "us-east-1",
  sts: { endpoint: process.env.AWS_ENDPOINT_URL },
});

function ask(serial, answer) {
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  terminal.question(`MFA code for ${serial}: `, (code) => {
    terminal.close();
    answer(null, code);
  });
}

const credentials = new AWS.SharedIniFileCredentials({
  profile: process.argv[2],
  tokenCodeFn: ask,
  callback: async (error) => {
    try {
      if (error) throw error;
      const { Arn } = await new AWS.STS({ credentials })
        .getCallerIdentity()
        .promise();
      console.log(Arn);
    } catch (fault) {
      console.error(`${fault.code}: ${fault.message}`);
      process.exitCode = 1;
    }
  },
});
