import { unknownText } from "../pack";
import { dev, foreign } from "./documents";
import { resource } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "trust-anchors-are-known";

const types = [
  "aws:rolesanywhere/trustAnchor:TrustAnchor",
  "aws-native:rolesanywhere:TrustAnchor",
];
const authority = (account: string) => ({
  sourceType: "AWS_ACM_PCA",
  sourceData: {
    acmPcaArn: `arn:aws:acm-pca:eu-west-1:${account}:certificate-authority/1a2b`,
  },
});
const bundle = {
  sourceType: "CERTIFICATE_BUNDLE",
  sourceData: { x509CertificateData: "-----BEGIN CERTIFICATE-----" },
};

describe(rule, () => {
  testRows(
    rule,
    types.flatMap((type): readonly Row[] => [
      {
        title: `knows an authority of a known account (${type})`,
        resources: [resource(type, "anchor", { source: authority(dev) })],
      },
      {
        title: `finds an authority of a foreign account (${type})`,
        resources: [resource(type, "anchor", { source: authority(foreign) })],
        finds: [
          {
            resource: "anchor",
            kind: "wrong",
            field: "source",
            says: [foreign],
          },
        ],
      },
      {
        title: `can't tell whose certificates are in a bundle (${type})`,
        resources: [resource(type, "anchor", { source: bundle })],
        finds: [{ resource: "anchor", kind: "undecided", field: "source" }],
      },
      {
        title: `waits for an authority that is not known yet (${type})`,
        resources: [
          resource(type, "anchor", {
            source: {
              sourceType: "AWS_ACM_PCA",
              sourceData: { acmPcaArn: unknownText },
            },
          }),
        ],
        finds: [
          {
            resource: "anchor",
            kind: "unknown",
            field: "source.sourceData.acmPcaArn",
          },
        ],
      },
    ]),
  );
});
