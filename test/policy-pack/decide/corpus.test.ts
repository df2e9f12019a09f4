import { strict as assert } from "node:assert";
import { casesOf } from "./cases";

/** What is asked about, with whatever decides over it. */
const asked = [
  ...casesOf("federation").map(({ title, document, ...config }) => ({
    title,
    question: [
      document,
      "identityProviders" in config && config.identityProviders,
    ],
  })),
  ...[...casesOf("trust"), ...casesOf("resource"), ...casesOf("malformed")].map(
    ({ title, document }) => ({ title, question: document }),
  ),
  ...casesOf("permissions").map(({ title, documents, boundary }) => ({
    title,
    question: [documents, boundary],
  })),
];

describe("the documents with known answers", () => {
  it("are many", () => {
    assert.ok(asked.length >= 400, String(asked.length));
  });

  it("are all different", () => {
    const seen = new Map<string, string>();
    for (const { title, question } of asked) {
      const text = JSON.stringify(question);
      const other = seen.get(text);
      assert.ok(other === undefined, `"${title}" is the same as "${other}"`);
      seen.set(text, title);
    }
  });

  it("say why", () => {
    const all = [
      ...casesOf("trust"),
      ...casesOf("federation"),
      ...casesOf("resource"),
      ...casesOf("permissions"),
    ];
    for (const { title, why, answers } of all) {
      assert.notEqual(why, "", title);
      assert.ok(Object.keys(answers).length > 0, title);
    }
  });
});
