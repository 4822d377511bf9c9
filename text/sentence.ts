/** A sentence in every language Établi speaks; which one is shown is the reader's choice. */
export type Sentence = { fr: string; en: string }
