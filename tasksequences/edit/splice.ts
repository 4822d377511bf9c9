/** A piece of text that takes the place of what stands from `from` to `to`. */
export type Splice = { from: number; to: number; text: string }

/** Puts pieces in their places; they may not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const last = [...splices].sort((a, b) => b.from - a.from)
  return last.reduce((done, { from, to, text: piece }) => done.slice(0, from) + piece + done.slice(to), text)
}
