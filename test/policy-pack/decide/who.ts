import type { CallerCase } from "../../../policy-pack/decide/callers";

export const anyCaller = (): boolean => true;

export const isRoleSession = ({ caller }: CallerCase): boolean =>
  caller.kind === "role session";
