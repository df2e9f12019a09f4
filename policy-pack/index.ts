import "./engine/fast-start";
import { PolicyPack } from "@pulumi/policy";
import { Analysis } from "./engine/analysis";
import { listenForPreview } from "./engine/preview";
import { followQuestions } from "./engine/questions";
import { readPropertiesStraight } from "./engine/read-properties";
import {
  readPropertiesOnce,
  readProvidersOnce,
  showStackOnce,
} from "./engine/read-once";
import { readTextsAtOnce } from "./engine/read-texts";
import { policies } from "./policies";

const analysis = new Analysis();

listenForPreview();
followQuestions(analysis);
readTextsAtOnce();
readPropertiesStraight();
readPropertiesOnce();
readProvidersOnce();
showStackOnce();

// It starts a server as soon as it is made: everything else can be imported without that.
new PolicyPack("bastion-account", {
  description: "The rules of the AWS bastion-account pattern",
  policies: policies(analysis),
});
