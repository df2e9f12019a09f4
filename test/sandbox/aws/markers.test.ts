import assert from "node:assert/strict";
import {
  IAMClient,
  ListPoliciesCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import type { Credentials } from "../../../sandbox/signed-request";
import { clientConfig, deploymentIn } from "../../../sandbox/tour/people";
import { devId } from "./clients";
import { bastionId, conversationForEach } from "./iam/conversation";
import { askOrganizations } from "./organizations";
import { askJson, askSns } from "./service-calls";

interface Page {
  readonly MaxItems: number;
  readonly Marker?: string;
}

/** The page of one behind a marker: its own marker, or the code that it is refused with. */
type Ask = (who: Credentials, marker?: string) => Promise<string>;

describe("The marker of a page", () => {
  const conversation = conversationForEach();

  const iam =
    (
      list: (
        client: IAMClient,
        page: Page,
      ) => Promise<{ Marker?: string | undefined }>,
    ): Ask =>
    async (who, Marker) => {
      const client = new IAMClient(clientConfig(conversation.aws, who));
      const page = { MaxItems: 1, ...(Marker === undefined ? {} : { Marker }) };
      try {
        return (await list(client, page)).Marker ?? "ok";
      } catch (error) {
        return (error as Error).name;
      }
    };
  const policies = iam((client, page) =>
    client.send(new ListPoliciesCommand(page)),
  );
  const users = iam((client, page) => client.send(new ListUsersCommand(page)));
  const json =
    (service: "events" | "kms", action: string, member: string): Ask =>
    async (who, marker) => {
      const fields = { Limit: 1, ...(marker ? { [member]: marker } : {}) };
      const answer = await askJson(conversation, who, service, action, fields);
      if (answer.code !== "ok") return answer.code;
      return /"Next(?:Token|Marker)":"([^"]*)"/.exec(answer.text)?.[1] ?? "ok";
    };
  const organizations =
    (action: string, more: object = {}): Ask =>
    async (_who, NextToken) => {
      const { aws } = conversation;
      const answer = await askOrganizations(
        aws,
        aws.organizationAdministrator,
        action,
        { MaxResults: 1, ...more, ...(NextToken ? { NextToken } : {}) },
      );
      const told = answer["NextToken"] ?? answer["__type"];
      return typeof told === "string" ? told : "ok";
    };
  const scp = { Filter: "SERVICE_CONTROL_POLICY" };

  beforeEach(async () => {
    for (const id of [bastionId, devId]) {
      const who = await deploymentIn(conversation.aws, id);
      for (const name of ["a", "b"]) {
        await askJson(conversation, who, "kms", "CreateKey");
        await askJson(conversation, who, "events", "PutRule", {
          Name: name,
          EventPattern: JSON.stringify({ source: ["aws.sts"] }),
        });
      }
    }
  });

  /** The list, another one, and what a marker that is none is refused with. */
  const cases: readonly (readonly [
    service: string,
    list: Ask,
    other: Ask,
    code: string,
  ])[] = [
    ["IAM", policies, users, "ValidationError"],
    [
      "KMS",
      json("kms", "ListKeys", "Marker"),
      json("kms", "ListAliases", "Marker"),
      "InvalidMarkerException",
    ],
    [
      "EventBridge",
      json("events", "ListRules", "NextToken"),
      (who, NextToken) =>
        json("events", "ListRules", "NextToken")(who, `${NextToken ?? ""}A`),
      "ValidationException",
    ],
    [
      "Organizations",
      organizations("ListAccounts"),
      organizations("ListPolicies", scp),
      "InvalidInputException",
    ],
  ];
  for (const [service, list, other, code] of cases) {
    it(`is the list's and the account's own: of ${service}`, async () => {
      const who = await deploymentIn(conversation.aws, bastionId);
      const marker = await list(who);
      assert.notEqual(marker, "ok");
      assert.notEqual(await list(who, marker), code);
      assert.equal(await other(who, marker), code);
      const forged = Buffer.from("after:a").toString("base64");
      assert.equal(await list(who, forged), code);
      if (service === "Organizations") return;
      const another = await deploymentIn(conversation.aws, devId);
      assert.equal(await list(another, marker), code);
    });
  }

  it("is the list's own: of SNS, whose pages are large", async () => {
    const who = await deploymentIn(conversation.aws, bastionId);
    const NextToken = Buffer.from("after:a").toString("base64");
    const { code } = await askSns(conversation, who, "ListTopics", {
      NextToken,
    });
    assert.equal(code, "InvalidParameter");
  });
});
