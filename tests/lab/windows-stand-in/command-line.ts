/**
 * A Windows command line as its arguments, by the rules of Microsoft's C runtime ("Parsing C command-line arguments"):
 * blanks part them, quotes hold them together, backslashes are themselves unless they stand before a quote.
 */
export function splitCommandLine(line: string): string[] {
  return wordsOf(line).map((word) => word.replace(/(\\*)"/g, (_whole, slashes: string) => unquoted(slashes)))
}

function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:"(?:\\.|[^"\\])*"?|[^\s"])+/g)].map(([word]) => word)
}

/** Two backslashes before a quote are one; an odd one makes the quote an ordinary character. */
function unquoted(slashes: string): string {
  const kept = '\\'.repeat(Math.floor(slashes.length / 2))
  return slashes.length % 2 === 1 ? `${kept}"` : kept
}

/** A program for `cmd` to run, with the file its output goes into; or cmd's own `exit`. */
export type ShellCommand = { kind: 'program'; line: string; output: string | null } | { kind: 'exit'; code: number }

/**
 * What `cmd /c REST` does, as far as answer files go: programs one after another (`&`), `>FILE`, `2>&1`, `exit N`.
 * Of a rest that begins with a quote, cmd takes off that quote and the last one, unless they are the only two and hold
 * the name of a program (cmd /?).
 */
export function shellCommands(rest: string): ShellCommand[] {
  const quotes = rest.match(/"/g)?.length ?? 0
  const kept = !rest.startsWith('"') || (quotes === 2 && !/[&<>()@^|]/.test(rest))
  const text = kept ? rest : rest.slice(1).replace(/"(?=[^"]*$)/, '')
  const parts = text.match(/(?:"[^"]*"|2>&1|[^&"])+/g) ?? []
  return parts.map((part): ShellCommand => {
    const exit = /^\s*exit(?:\s+\/b)?\s+(\d+)\s*$/i.exec(part)
    if (exit) return { kind: 'exit', code: Number(exit[1]) }
    const output = /(?<!2)>\s*("[^"]*"|[^\s"]+)/.exec(part)?.[1]?.replaceAll('"', '') ?? null
    return { kind: 'program', line: part.replace(/2>&1|>\s*(?:"[^"]*"|[^\s"]+)/g, '').trim(), output }
  })
}

/** `C:\Windows\Temp` where drive C: is a folder; words that are no such path stay as they are. */
export function onDrive(drive: string, word: string): string {
  return /^C:\\/i.test(word) ? `${drive}/${word.slice(3).replaceAll('\\', '/')}` : word
}
