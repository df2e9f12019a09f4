import type {
  Account,
  Cloud,
  Role,
  RoleSessionOrigin,
  Session,
  StoredDocument,
  User,
} from "./model";
import type { UnhonouredParameters } from "./honoured-parameters";
import type { Parameters } from "./parameters";

/** Who signed the request. */
export type Caller =
  | {
      readonly kind: "user";
      readonly accountId: string;
      readonly user: User;
      readonly session?: Session;
    }
  | {
      readonly kind: "role";
      readonly accountId: string;
      readonly role: Role;
      readonly session: Session & { readonly origin: RoleSessionOrigin };
    };

/** What an operation answers: turned into `<name>Result` XML; arrays become `<member>` lists. */
export interface Result {
  readonly [name: string]: ResultValue;
}
export type ResultValue =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly ResultValue[]
  | Result;

/** One authenticated request, as an operation sees it. */
export interface Call {
  readonly cloud: Cloud;
  readonly account: Account;
  readonly caller: Caller;
  readonly parameters: Parameters;
  readonly sourceIp: string;
  readonly region: string;
  /** As `iam:ListUsers`, once it is known. */
  readonly operation?: string;
  /** What the client says of itself, if it does. */
  readonly userAgent?: string | undefined;
  readonly referer?: string | undefined;
}

/** A call before its parameters are read. */
export type SignedCall = Omit<Call, "parameters">;

/** One API action: what it acts on (for the decision), then what it does. */
export interface Operation<
  C extends Call = Call,
  R = Result,
> extends UnhonouredParameters {
  /** The ARN the request is decided on; left out where the action knows no resource. */
  readonly resource?: (call: C) => string;
  /** Uses up what a call is worth once, before it is decided and whatever the decision: an MFA code. */
  readonly beforeDecision?: (call: C) => void;
  /** Condition keys beside the global ones, e.g. `iam:PolicyARN`. */
  readonly context?: (call: C) => ContextKeys;
  /** The policy of the resource: for `sts:AssumeRole` the role's trust. */
  readonly resourcePolicy?: (call: C) => StoredDocument | undefined;
  /** What the caller has to be allowed beside the action itself, as passing a role. */
  readonly alsoNeeds?: (call: C) => readonly AlsoNeeded[];
  /** What a call makes and tags at once, where that is not the resource that it is decided on. */
  readonly tagged?: (call: C) => TaggedResource;
  /** What it takes to be allowed; left out: an allow. */
  readonly permission?: (call: C) => Permission;
  /** The action as a policy names it, where that is another than the operation's name. */
  readonly action?: string;
  /** An action that answers with nothing returns nothing. */
  readonly run: ((call: C) => R | Promise<R>) | ((call: C) => void);
}

/** A second action that a call takes, as in a policy. */
export interface AlsoNeeded {
  readonly action: string;
  readonly resource: string;
  readonly context?: ContextKeys;
  /** The policy of the resource. */
  readonly resourcePolicy?: StoredDocument;
}

export interface TaggedResource {
  readonly resource: string;
  readonly resourcePolicy?: StoredDocument;
}

export type ContextKeys = Record<string, string | string[]>;

/** An allow; nothing but that no policy denies it; or nothing at all. */
export type Permission = "allow" | "unless denied" | "none";

/** The actions of one service by their names in the API, as `CreateUser`. */
export type Operations<C extends Call = Call, R = Result> = Readonly<
  Record<string, Operation<C, R>>
>;
