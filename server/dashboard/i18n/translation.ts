/** A text, or its two forms when it counts something (`{n}`). */
export type Text = string | { readonly one: string; readonly other: string }

/** What another language says for the same keys: a key too few or too many does not compile. */
export type Translation<English> = Readonly<Record<keyof English, Text>>
