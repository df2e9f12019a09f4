// Prints who it is by the profile named: node sdk-v3.js <profile>
"use strict";

const { createInterface } = require("node:readline/promises");
const { STS } = require("@aws-sdk/client-sts");
const { fromIni } = require("@aws-sdk/credential-providers");

async function ask(serial) {
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  const code = await terminal.question(`MFA code for ${serial}: `);
  terminal.close();
  return code;
}

const credentials = fromIni({ profile: process.argv[2], mfaCodeProvider: ask });

new STS({ region: "us-east-1", credentials }).getCallerIdentity({}).then(
  ({ Arn }) => console.log(Arn),
  (error) => {
    console.error(`${error.name}: ${error.message}`);
    process.exitCode = 1;
  },
);
