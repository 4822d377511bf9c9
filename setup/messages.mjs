/** Setup runs before anything is installed, so it has a few messages of its own; the operator’s locale chooses the language. */
const french = /^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')

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
