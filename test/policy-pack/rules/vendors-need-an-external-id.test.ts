import { foreign, root, trusts, type Statement } from "./documents";
import { support } from "./resources";
import { testRows, type Row } from "./rows";

const vendor = trusts({ AWS: root(foreign) });
const withId = (id: string): Statement => ({
  ...vendor,
  Condition: { StringEquals: { "sts:ExternalId": id } },
});
const vendors = [{ account: foreign, externalIds: ["acme-1", "acme-2"] }];

const ofForeign = { caller: "user", account: foreign } as const;
const withoutId = {
  ...ofForeign,
  keys: { "sts:externalid": undefined },
} as const;

const rows: readonly Row[] = [
  {
    title: "takes a vendor with an external id of the config",
    organisation: { vendors },
    resources: [support(withId("acme-2"))],
  },
  {
    title: "finds a vendor without an external id",
    organisation: { vendors },
    resources: [support(vendor)],
    finds: [{ resource: "Support", statements: [1], witness: withoutId }],
  },
  {
    title: "finds a vendor with somebody else's external id",
    organisation: { vendors },
    resources: [support(withId("others"))],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { ...ofForeign, keys: { "sts:externalid": ["others"] } },
      },
    ],
  },
  {
    title: "asks for some external id where the config names none",
    organisation: { vendors: [{ account: foreign }] },
    resources: [support(withId("any")), { ...support(vendor), name: "open" }],
    finds: [{ resource: "open", statements: [1], witness: withoutId }],
  },
];

describe("vendors-need-an-external-id", () => {
  testRows("vendors-need-an-external-id", rows);
});
