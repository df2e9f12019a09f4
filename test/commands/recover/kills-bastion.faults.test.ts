import { generateKey } from "openpgp";
import { bastionLife } from "./kill-phases";
import { describeKills } from "./kills";

describeKills("bastion", async () => {
  const { publicKey } = await generateKey({
    userIDs: [{ name: "chen" }],
    format: "object",
  });
  return bastionLife(Buffer.from(publicKey.write()).toString("base64"));
});
