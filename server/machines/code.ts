/** No vowels, so that no word comes out, and nothing that is mistaken for something else on a screen (0 O, 1 I L, 2 Z, 5 S, 8 B, U V). */
export const codeAlphabet = 'CDFGHJKMNPQRTVWXY34679'
const LENGTH = 4
const MOST_TRIES = 1000

/**
 * A short code that no other machine has.
 *
 * @param taken codes in use
 * @param random gives whole numbers from 0 to below its argument
 * @throws when none was found: 234,256 codes are (nearly) all taken
 */
export function makeCode(taken: ReadonlySet<string>, random: (below: number) => number): string {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const code = Array.from({ length: LENGTH }, () => codeAlphabet[random(codeAlphabet.length)] ?? '').join('')
    if (!taken.has(code)) return code
  }
  throw new Error(`no free short code after ${MOST_TRIES} tries among ${taken.size} machines`)
}
