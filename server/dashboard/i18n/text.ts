import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Text } from './translation.ts'

export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]
export const locales: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' }

export type Key = keyof typeof en

type Placeholders<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never
type PlaceholdersOf<T> = T extends { one: infer A; other: infer B }
  ? Placeholders<A> | Placeholders<B>
  : Placeholders<T>
/** The values a text needs, read off the English one: `'{n} of {all}'` needs `n` and `all`. */
export type Params<K extends Key> = [PlaceholdersOf<(typeof en)[K]>] extends [never]
  ? []
  : [params: Record<PlaceholdersOf<(typeof en)[K]>, string | number>]

const catalogues: Readonly<Record<Language, Readonly<Record<Key, Text>>>> = { fr, en }

/** Gives the text of `key`, its placeholders filled, numbers written the language's way. */
export function translate<K extends Key>(language: Language, key: K, ...[params]: Params<K> | []): string {
  const values: Record<string, string | number> = params ?? {}
  const text = formOf(language, catalogues[language][key], values['n'])
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name]
    if (value === undefined) return placeholder
    return typeof value === 'number' ? new Intl.NumberFormat(locales[language]).format(value) : value
  })
}

function formOf(language: Language, text: Text, n: string | number | undefined): string {
  if (typeof text === 'string') return text
  // French says "0 poste" and "1,5 poste", English "0 machines": the language's own rule, not `n > 1`.
  const rule = new Intl.PluralRules(locales[language]).select(Number(n ?? 0))
  return rule === 'one' ? text.one : text.other
}

/** Sets French text the French way: a narrow no-break space before `: ; ! ?` and inside « ». */
export function typeset(language: Language, text: string): string {
  if (language !== 'fr') return text
  return text
    .replace(/[ \u00a0]+([:;!?»])/g, '\u202f$1')
    .replace(/«[ \u00a0]+/g, '«\u202f')
    .replace(/(\d)[ \u00a0](?=(?:%|[kMGT]?o|s|min|h)(?![\p{L}\d]))/gu, '$1\u202f')
}
