import { derivedKeys, isPath, type DerivedKeys } from "./derived-keys";
import {
  accountId,
  actionName,
  anyAccountId,
  anyName,
  longName,
  name,
  path,
  printable,
  region,
  serviceName,
} from "./formats";
import { actionKey, resourceKey } from "./literal";
import { exactly } from "./text/pattern";
import type { Segment, ViewedTest } from "./text/text-test";

/** Where resources stand that are asked about. */
export interface Place {
  readonly partition: string;
  /** undefined: an account that is solved, and that is none of the others. */
  readonly account: string | undefined;
  readonly otherAccounts: readonly string[];
}

/** Source: AWS documentation, "IAM and AWS STS quotas". */
const namesOf: Readonly<Record<string, Segment>> = {
  role: name,
  user: name,
  group: longName,
  policy: longName,
  "instance-profile": longName,
  "server-certificate": longName,
};

/** What a request without a resource is about: only `*` speaks of it. */
export const noResource = "arn:::::";

/** Whatever follows the type. */
export const anyRest: Segment = { chars: printable, least: 1, most: 512 };

const principalAccount = "aws:principalaccount";

/**
 * All resources of a type of IAM's. Where the account does not show, it is the caller's: IAM works
 * within an account.
 *
 * @param ofCaller what the caller's own keys derive from
 * @returns that and the resource
 */
export function iamResources(
  { partition, account, otherAccounts }: Place,
  type: string,
  ofCaller: readonly DerivedKeys[],
): readonly DerivedKeys[] {
  const shared =
    account === undefined
      ? ofCaller.find(({ views }) => views.has(principalAccount))
      : undefined;
  const base = shared ?? ownAccount(account);
  const place = shared?.views.get(principalAccount)?.[0] ?? account ?? 0;
  const first = base.segments.length;
  const own = namesOf[type];
  const start = [`arn:${partition}:iam::`, place];
  const isNamed = own !== undefined;
  const others: readonly ViewedTest[] =
    typeof place === "number"
      ? [
          {
            view: [place],
            matched: false,
            patterns: otherAccounts.map(exactly),
          },
        ]
      : [];
  return [
    ...ofCaller.filter((one) => one !== shared),
    {
      segments: [...base.segments, ...(isNamed ? [path, own] : [anyRest])],
      views: new Map([
        ...base.views,
        [
          resourceKey,
          isNamed
            ? [...start, `:${type}`, first, first + 1]
            : [...start, `:${type}/`, first],
        ],
      ]),
      tests: [...base.tests, ...others, ...(isNamed ? [isPath(first)] : [])],
      examples: base.examples.map((one) => [
        ...one,
        ...(isNamed ? ["/"] : []),
        anyName,
      ]),
    },
  ];
}

const ownAccount = (account: string | undefined): DerivedKeys => ({
  segments: account === undefined ? [accountId] : [],
  views: new Map(),
  tests: [],
  examples: account === undefined ? [] : [[]],
});

/** All actions of all services, on all resources of theirs. */
export const ofAnyService = ({
  partition,
  account,
}: Pick<Place, "partition" | "account">): DerivedKeys =>
  derivedKeys({
    segments: [
      serviceName,
      actionName,
      region,
      ...(account === undefined ? [accountId] : []),
      anyRest,
    ],
    views: {
      [actionKey]: [0, ":", 1],
      [resourceKey]:
        account === undefined
          ? [`arn:${partition}:`, 0, ":", 2, ":", 3, ":", 4]
          : [`arn:${partition}:`, 0, ":", 2, `:${account}:`, 3],
    },
    tests: [],
    examples: [
      [
        "any-service",
        "AnyAction",
        "us-east-1",
        ...(account === undefined ? [anyAccountId] : []),
        `thing/${anyName}`,
      ],
    ],
  });
