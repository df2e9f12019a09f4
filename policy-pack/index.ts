import "./engine/fast-start";
import { PolicyPack } from "@pulumi/policy";
import { Analysis } from "./engine/analysis";
import { listenForPreview } from "./engine/preview";
import { followQuestions } from "./engine/questions";
import { readPropertiesOnce, showStackOnce } from "./engine/read-once";
import { policies } from "./policies";

const analysis = new Analysis();

listenForPreview();
followQuestions(analysis);
readPropertiesOnce();
showStackOnce();

// It starts a server as soon as it is made: everything else can be imported without that.
new PolicyPack("bastion-account", {
  description: "The rules of the AWS bastion-account pattern",
  policies: policies(analysis),
});
