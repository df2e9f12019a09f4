import { text } from "./shapes";

/** Not what is in the file: a message about a file that is not there would tell it. */
export const tokenFile = text(
  "the path of a file with the token in it, and not the token",
  /^(?!eyJ[\w-]+\.)[^\0]+$/,
);
