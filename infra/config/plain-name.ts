/** Of a role or a managed policy, without its path. */
export const plainName = (name: string): string =>
  name.slice(name.lastIndexOf("/") + 1);
