import assert from "node:assert/strict";
import { check, isAsExpected } from "../../../sandbox/tour/checks";

describe("An attempt of the tour", () => {
  const failing = (name: string, message: string) =>
    check(
      "it",
      "denied",
      Promise.reject(Object.assign(new Error(message), { name })),
    );

  for (const [name, message] of [
    ["AccessDenied", "User: … is not authorized"],
    ["AccessDeniedException", "…"],
    ["InvalidIdentityTokenException", "Incorrect token audience"],
  ] as const) {
    it(`is denied by ${name}: ${message}`, async () => {
      const seen = await failing(name, message);
      assert.equal(seen.seen, "denied");
      assert.ok(isAsExpected(seen));
    });
  }

  for (const [name, message] of [
    [
      "InvalidIdentityTokenException",
      "Couldn't verify the signature of the token",
    ],
    [
      "InvalidIdentityTokenException",
      "No OpenIDConnect provider found in your account for https://gitlab.com",
    ],
    ["ExpiredTokenException", "Token expired"],
    ["TypeError", "fetch failed"],
  ] as const) {
    it(`is not denied by ${name}: ${message}`, async () => {
      const seen = await failing(name, message);
      assert.equal(seen.seen, `${name}: ${message}`);
      assert.ok(!isAsExpected(seen));
    });
  }
});
