/** Setup runs before anything is installed, so it has a few messages of its own; the operator’s locale chooses the language. */
const french = operatorLanguage(process.env) === 'fr'

/**
 * The rule of text/operator-language.ts, which a Node that reads no TypeScript cannot import; a test holds them together.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {'fr' | 'en'}
 */
export function operatorLanguage(env) {
  const asked = env.ETABLI_LANGUAGE
  if (asked === 'fr' || asked === 'en') return asked
  return /^(fr|C\b|POSIX|$)/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'fr' : 'en'
}

/** @param {string} fr @param {string} en */
export function say(fr, en) {
  process.stderr.write(`etabli: ${french ? fr : en}\n`)
}

/** Ends setup with one sentence: something is missing that only a person can bring. */
export class SetupStopped extends Error {
  /** @param {string} fr @param {string} en */
  constructor(fr, en) {
    super(french ? fr : en)
  }
}
