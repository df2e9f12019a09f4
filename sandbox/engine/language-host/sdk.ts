/**
 * The file of one of the SDK's entry points: of the copy that the program in the folder loads, since
 * two copies know nothing of each other's settings; else of this checkout's.
 */
export const sdkEntryPoint = (name: string, folder: string): string =>
  require.resolve(`@pulumi/pulumi/cmd/${name}`, { paths: [folder, __dirname] });
