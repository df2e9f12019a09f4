import { couldAllow, speaksOfAction, thoseAllowed } from "./could-allow";
import type { DerivedKeys } from "./derived-keys";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import { allowingUnforeseen, anyService, unforeseen } from "./open-ended";
import { iamResources, noResource, ofAnyService } from "./resource-sets";
import type { Document } from "./document";
import { allIamWrites, escalatingWrites, type IamWrite } from "./iam-actions";
import { actionKey, literal, resourceKey, type Literal } from "./literal";
import { anyMfa, type MfaState } from "./mfa";
import { isAboutOneself, notOneself } from "./oneself";
import { oncePer } from "./once-per";
import { isAws } from "./principal";
import { parseOperator } from "./operator";
import {
  accountsIn,
  inEachPartition,
  layersOf,
  partitionIn,
  partitionOf,
  unlessAttachesHarmless,
  unlessHarmless,
  withoutOtherKeys,
  type Permissions,
} from "./permissions";
import { search, type Verdict } from "./search";
import { unlessOfService } from "./service-roles";
import { parseTemplate } from "./text/template";

export type { Permissions } from "./permissions";

/**
 * By these a user makes itself more than it is; what else it does to itself is its own business. Its tags
 * tell roles who it is (aws:PrincipalTag). Source: AWS documentation, "Service Authorization Reference",
 * IAM, permissions management; "Controlling access to and for IAM users and roles using tags".
 */
const makesItselfMore: ReadonlySet<string> = new Set([
  "iam:AttachUserPolicy",
  "iam:DeleteUserPermissionsBoundary",
  "iam:DeleteUserPolicy",
  "iam:DetachUserPolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:TagUser",
  "iam:UntagUser",
]);

export function mayRequest(
  permissions: Permissions,
  asked: {
    readonly action: string;
    /** May hold wildcards: any of those resources. */
    readonly resource: string;
    readonly mfa?: MfaState;
    readonly given?: readonly Literal[];
    readonly effort?: Effort;
  },
): Verdict {
  const { action, resource, mfa = anyMfa, given = [], effort } = asked;
  if (!couldAllow(layersOf(permissions), action, resource)) {
    return { answer: "closed" };
  }
  const example = resource.replaceAll("?*", "any").replaceAll("*", "");
  return ask(aboutOthers(permissions, action), {
    given: [
      literal("StringEquals", actionKey, action),
      literal(
        isArn(resource) ? "ArnLike" : "StringLike",
        resourceKey,
        resource,
      ),
      ...regionOf(action, partitionOf(resource) ?? partitionIn(permissions)),
      ...withoutOtherKeys(permissions, action),
      ...mfa.given,
      ...given,
    ],
    derived: permissions.caller.derived,
    preferred: [[resourceKey, [example]]],
    ...(effort === undefined ? {} : { effort }),
  });
}

interface Asked {
  readonly given: readonly Literal[];
  readonly derived: readonly DerivedKeys[];
  readonly preferred?: readonly (readonly [string, readonly string[]])[];
  readonly effort?: Effort;
}

const ask = (
  permissions: Permissions,
  { given, derived, preferred = [], effort }: Asked,
): Verdict =>
  search({
    layers: layersOf(permissions),
    caller: permissions.caller.caller,
    given: [...permissions.caller.given, ...given],
    derived,
    preferred: new Map([...permissions.caller.preferred, ...preferred]),
    ...(effort === undefined ? {} : { effort }),
  });

/** Without what is about the user alone: of that nobody has to know whose it is. */
function aboutOthers(permissions: Permissions, action: string): Permissions {
  const { concernsOthers = false, caller, documents } = permissions;
  if (!concernsOthers || makesItselfMore.has(action)) return permissions;
  return {
    ...permissions,
    documents: documents.map(({ statements }) => ({
      statements: statements.filter(
        (one) => one.effect === "Deny" || !isAboutOneself(one),
      ),
    })),
    caller: { ...caller, given: [...caller.given, ...notOneself] },
  };
}

/** Wildcards of an ARN stay in their part of it. */
const isArn = (resource: string): boolean => /^arn:([^:]*:){4}/.test(resource);

/** Several rules ask the same of one identity; where its partition does not show, of each that it may be in. */
export const once = (decide: (permissions: Permissions) => Verdict) =>
  oncePer((permissions: Permissions): Verdict =>
    firstOpen(inEachPartition(permissions).map((one) => () => decide(one))),
  );

/** Whether it can change anything at all in IAM, on some resource. */
export const mayChangeIam = once((permissions) =>
  firstOpen(onResources(permissions, allIamWrites, "every name")),
);

/** Whether it can make itself anything: change IAM on a resource of any name, or on itself. */
export const isAdministrator = once((permissions) =>
  firstOpen([
    ...onResources(permissions, escalatingWrites, "any name"),
    ...onItself(permissions),
  ]),
);

/** Whether it can give itself permissions; where its ARN does not show, whatever that is. */
function onItself(permissions: Permissions): readonly Ask[] {
  const { caller } = permissions.caller;
  if (!("arn" in caller)) return [];
  const { arn } = caller;
  const type = caller.kind === "user" ? "User" : "Role";
  return ["Attach", "Put"]
    .map((verb) => `iam:${verb}${type}Policy`)
    .map(
      (action) => () =>
        mayRequest(permissions, {
          action,
          resource: arn ?? `arn:*:iam::*:${type.toLowerCase()}/*`,
          given: [
            ...unlessAttachesHarmless(permissions, action),
            ...(arn === undefined ? [isItself] : []),
          ],
        }),
    );
}

const isItself: Literal = {
  met: true,
  condition: {
    key: resourceKey,
    operatorName: "StringEquals",
    operator: parseOperator("StringEquals"),
    values: [parseTemplate("${aws:PrincipalArn}", true)],
  },
};

const passRole: IamWrite = { action: "iam:PassRole", resourceTypes: ["role"] };
const passing: readonly IamWrite[] = [passRole];

/** Whether it can hand a role of any name to a service. */
export const mayPassAnyRole = once((permissions) =>
  firstOpen(onResources(permissions, passing, "any name")),
);

const assuming: readonly IamWrite[] = [
  { action: "sts:AssumeRole", resourceTypes: ["role"] },
];

/** Whether it can ask for a role of any name, in whichever account. */
export const mayAssumeAnyRole = once((permissions) => {
  const accounts = accountsIn({ ...permissions, account: undefined });
  return firstOpen(
    onResources(
      permissions,
      assuming,
      "any name",
      accounts.map((one) => ({ ...one, isCertain: true })),
    ),
  );
});

/** Whether it can use services that nobody foresaw: all of them, but for those left out. */
export function mayUseAnyService(permissions: Permissions): Verdict {
  const { account, caller } = permissions;
  const documents = allowingUnforeseen(
    permissions.documents,
    actionKey,
    anyService,
  );
  if (!documents.some(allowsAnything)) return { answer: "closed" };
  const all = layersOf(permissions).flat();
  const place = { partition: partitionIn(permissions), account };
  return ask(
    { ...permissions, documents },
    {
      given: [
        ...unforeseen(all, actionKey, anyService),
        ...unforeseen(all, resourceKey, anyService),
      ],
      derived: [...caller.derived, ofAnyService(place)],
    },
  );
}

const allowsAnything = ({ statements }: Document): boolean =>
  statements.some(({ effect }) => effect === "Allow");

type Ask = (effort: Effort) => Verdict;

/** Asks of resources of each type, in each account that it may be about. */
function onResources(
  permissions: Permissions,
  writes: readonly IamWrite[],
  names: "every name" | "any name",
  accounts = accountsIn(permissions),
): readonly Ask[] {
  const layers = layersOf(permissions);
  const asked = new Set<string>();
  return thoseAllowed(layers, writes).flatMap((write) => {
    const kinds =
      write.resourceTypes.length === 0 ? [none] : write.resourceTypes;
    return kinds.flatMap((type) => {
      // Actions of which the documents say the same have the same answer.
      const question = `${type} ${whatSpeaksOf(permissions, write.action)}`;
      if (asked.has(question)) return [];
      asked.add(question);
      return onType(permissions, write.action, type, names, accounts);
    });
  });
}

const none = "none";

const whatSpeaksOf = (permissions: Permissions, action: string): string =>
  layersOf(permissions)
    .flat()
    .flatMap(({ statements }) => statements)
    .map((one) => (speaksOfAction(one, action) ? "1" : "0"))
    .join("") +
  (makesItselfMore.has(action) ? " itself" : "") +
  writtenKeys(permissions, action);

/** What is asked of keys that some actions alone carry. */
const writtenKeys = (permissions: Permissions, action: string): string =>
  [
    ...withoutOtherKeys(permissions, action),
    ...unlessHarmless(permissions, action),
    ...unlessAttachesHarmless(permissions, action),
  ]
    .map(({ met, condition }) => `${condition.key} ${met}`)
    .join();

function onType(
  all: Permissions,
  action: string,
  type: string,
  names: "every name" | "any name",
  accounts: ReturnType<typeof accountsIn>,
): readonly Ask[] {
  const permissions = aboutOthers(all, action);
  const partition = partitionIn(all);
  const { derived } = permissions.caller;
  const given = [
    literal("StringEquals", actionKey, action),
    ...regionOf(action, partition),
    ...withoutOtherKeys(all, action),
    ...unlessHarmless(all, action),
    ...(names === "any name" ? unlessAttachesHarmless(all, action) : []),
    ...unlessOfService(layersOf(all).flat(), type),
  ];
  if (type === none) {
    const nothing = literal("StringEquals", resourceKey, noResource);
    return [
      (effort) =>
        ask(permissions, { given: [...given, nothing], derived, effort }),
    ];
  }
  const isOfAnyName = names === "any name";
  const documents = isOfAnyName
    ? allowingUnforeseen(permissions.documents, resourceKey, type)
    : permissions.documents;
  const narrowed = { ...permissions, documents };
  if (!couldAllow(layersOf(narrowed), action)) return [];
  const unnamed = isOfAnyName
    ? unforeseen(layersOf(permissions).flat(), resourceKey, type)
    : [];
  return accounts.map(({ id, others, isCertain }) => (effort: Effort) => {
    const place = { partition, account: id, otherAccounts: others };
    const verdict = ask(narrowed, {
      given: [...given, ...unnamed, ...ownAccount(permissions, id)],
      derived: iamResources(place, type, derived),
      effort,
    });
    return isCertain || verdict.answer !== "open" ? verdict : notCertain;
  });
}

/** IAM works within an account; whoever asks is of the one that is tried. */
const ownAccount = (
  { caller }: Permissions,
  id: string | undefined,
): readonly Literal[] =>
  id === undefined
    ? []
    : [
        literal("StringEquals", "aws:ResourceAccount", id),
        ...(isAws(caller.caller) && caller.caller.account === undefined
          ? [literal("StringEquals", "aws:PrincipalAccount", id)]
          : []),
      ];

const notCertain: Verdict = {
  answer: "undecided",
  why: "its account does not show, and only in one that its policies do not name it is allowed",
};

/**
 * IAM is called in one region of each partition. Source: AWS documentation, "AWS global condition
 * context keys", aws:RequestedRegion; "IAM endpoints and quotas". PassRole is no call of its own: the
 * service that the role is passed to is called in its own region.
 */
function regionOf(action: string, partition: string): readonly Literal[] {
  const isIams = action.startsWith("iam:") && action !== passRole.action;
  const home = homeRegions.get(partition);
  return isIams && home !== undefined
    ? [literal("StringEquals", "aws:RequestedRegion", home)]
    : [];
}

const homeRegions: ReadonlyMap<string, string> = new Map([
  ["aws", "us-east-1"],
  ["aws-us-gov", "us-gov-west-1"],
  ["aws-cn", "cn-north-1"],
]);
