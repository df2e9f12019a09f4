/** Where a document hangs says which elements its statements have. */
export type DocumentKind = "trust" | "identity" | "resource";
