export type BootEntry = { number: string; name: string }

/** `Boot0003* Windows Boot Manager<tab>HD(1,GPT,…)` as efibootmgr prints it; other lines are passed over. */
export function parseBootEntries(text: string): BootEntry[] {
  return text.split('\n').flatMap((line) => {
    const match = /^Boot([0-9A-F]{4})\*? (.*)$/i.exec(line)
    if (match === null) return []
    const [, number = '', rest = ''] = match
    // Versions before 18 end the name with a tab, and print the path only when asked.
    return [{ number: number.toUpperCase(), name: (rest.split('\t')[0] ?? '').trim() }]
  })
}

/** Entries of that name which are not in `before`: the one just made. */
export function newEntry(before: readonly BootEntry[], after: readonly BootEntry[], name: string): BootEntry | null {
  const known = new Set(before.map(({ number }) => number))
  return after.find((entry) => entry.name === name && !known.has(entry.number)) ?? null
}
