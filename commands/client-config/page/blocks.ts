/** A piece of a line of text. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly link: string; readonly text: string };

export type Text = readonly Inline[];

/** A page's parts, before it is Markdown or HTML. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "steps" | "list"; readonly items: readonly Text[] }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly Text[])[];
    };

export interface Page {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const heading = (text: string): Block => ({ kind: "heading", text });
export const paragraph = (...text: Text): Block => ({
  kind: "paragraph",
  text,
});
export const steps = (...items: readonly Text[]): Block => ({
  kind: "steps",
  items,
});
export const list = (...items: readonly Text[]): Block => ({
  kind: "list",
  items,
});
export const codeBlock = (text: string): Block => ({ kind: "code", text });
