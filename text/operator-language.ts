import type { Locale } from './quantities.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The language an operator reads before the configuration can say it: what ETABLI_LANGUAGE asks for, else that of the
 * locale, else French. `setup/messages.mjs` has the same rule, since it runs on a Node that reads no TypeScript.
 */
export function operatorLanguage(env: Environment): Locale {
  const asked = env['ETABLI_LANGUAGE']
  if (asked === 'fr' || asked === 'en') return asked
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^(fr|C\b|POSIX|$)/i.test(locale) ? 'fr' : 'en'
}
