/** Without case and accents, so that nobody has to type them. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The words somebody looks for. */
export function wordsOf(search: string): string[] {
  return plain(search)
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** Whether every word is somewhere in these texts. Pure. */
export function hasWords(words: readonly string[], texts: ReadonlyArray<string | null>): boolean {
  if (words.length === 0) return true
  const text = plain(texts.filter((one) => one !== null).join(' '))
  return words.every((word) => text.includes(word))
}
