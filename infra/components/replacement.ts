import type {
  ComponentResourceOptions,
  CustomResourceOptions,
  ResourceTransformation,
} from "@pulumi/pulumi";

/**
 * A key alone has an id of its own making. All else is in one place, which its inputs say (a name, a
 * group's policy, a topic's subscription), and where a replacement can't stand beside the old one: it
 * would find that taken, or be removed with it.
 */
const standsBesideTheOld = "aws:kms/key:Key";

/** For what is replaced by hand, or by a change of its region or partition. */
const deletedFirst: ResourceTransformation = ({ type, props, opts }) => {
  if (!type.startsWith("aws:") || type === standsBesideTheOld) return undefined;
  const options: CustomResourceOptions = { ...opts, deleteBeforeReplace: true };
  return { props: props, opts: options };
};

/** The options of a component whose resources are removed before they are made anew. */
export const withReplacementsInPlace = (
  options: ComponentResourceOptions = {},
): ComponentResourceOptions => ({
  ...options,
  transformations: [...(options.transformations ?? []), deletedFirst],
});
