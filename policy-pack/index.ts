import "./engine/fast-start";
import { PolicyPack } from "@pulumi/policy";
import { listenForPreview } from "./engine/preview";
import { readPropertiesOnce, showStackOnce } from "./engine/read-once";
import { policies } from "./policies";

listenForPreview();
readPropertiesOnce();
showStackOnce();

// It starts a server as soon as it is made: everything else can be imported without that.
new PolicyPack("bastion-account", {
  description: "The rules of the AWS bastion-account pattern",
  policies: policies(),
});
