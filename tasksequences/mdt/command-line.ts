import { sharePath } from './share.ts'

/** What a command line starts. */
export type Invocation =
  /** A file of the share that PowerShell or the command processor reads; `path` from the share's root on. */
  | {
      readonly runs: 'script'
      readonly language: 'powershell' | 'cmd'
      readonly path: string
      readonly arguments: string
    }
  /** `program` without its quotation marks, arguments as they are written. */
  | { readonly runs: 'program'; readonly program: string; readonly arguments: readonly string[] }
  | { readonly runs: 'nothing' }

/** The words of a command line, each with the quotation marks it was written with. Total. */
export function wordsOf(text: string): string[] {
  return text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? []
}

/** A word without its quotation marks. */
export function bare(word: string): string {
  return word.replaceAll('"', '')
}

/** The last name of a Windows path, in small letters. */
export function programName(path: string): string {
  return bare(path).replaceAll('\\', '/').split('/').at(-1)?.toLowerCase() ?? ''
}

/**
 * A path in the share that a command names: `%SCRIPTROOT%\x.ps1`, `%DEPLOYROOT%\Scripts\x.ps1`, or relative to `folder`.
 * Null for one that is elsewhere or climbs out.
 */
export function pathInShare(path: string, folder: string): string | null {
  const [, root, rest = ''] = /^%(scriptroot|deployroot)%[\\/]?(.*)$/i.exec(path) ?? []
  const isElsewhere = root === undefined && /^([a-z]:|[\\/]|%)/i.test(path)
  if (isElsewhere) return null
  const base = root === undefined ? folder : root.toLowerCase() === 'scriptroot' ? 'Scripts' : ''
  const whole = sharePath(`${base}/${root === undefined ? path : rest}`)
  return whole === '' || whole.split('/').includes('..') || whole.includes('%') ? null : whole
}

/** Scripts that a command line or a step's script name may start, as paths from the share's root on. */
export function scriptPathsOf(text: string, folder: string): string[] {
  const paths = wordsOf(text).filter((word) => /\.(ps1|cmd|bat)"?$/i.test(word))
  return paths.flatMap((word) => pathInShare(bare(word), folder) ?? [])
}

const shells = new Set(['cmd', 'cmd.exe'])
const powershells = new Set(['powershell', 'powershell.exe', 'pwsh', 'pwsh.exe'])

/**
 * What a command line starts, seen through `cmd /c`, `start /wait` and `powershell -File`.
 *
 * @param folder - of the share, which relative paths start from
 */
export function invocationOf(text: string, folder: string): Invocation {
  const words = unwrapped(wordsOf(text))
  const [first, ...rest] = words
  if (first === undefined) return { runs: 'nothing' }
  const program = bare(first)
  if (powershells.has(programName(program))) {
    const at = rest.findIndex((word) => /^[-/]f(ile)?$/i.test(word))
    const file = at < 0 ? undefined : rest[at + 1]
    const path = file === undefined ? null : pathInShare(bare(file), folder)
    if (path !== null) return { runs: 'script', language: 'powershell', path, arguments: rest.slice(at + 2).join(' ') }
  }
  if (/\.(cmd|bat)$/i.test(program)) {
    const path = pathInShare(program, folder)
    if (path !== null) return { runs: 'script', language: 'cmd', path, arguments: rest.join(' ') }
  }
  return { runs: 'program', program, arguments: rest }
}

/** `cmd /c start /wait "" setup.exe /S` starts `setup.exe /S`; a line that needs the command processor stays. */
function unwrapped(words: string[]): string[] {
  const [first, second] = words
  if (first === undefined) return []
  if (shells.has(programName(first)) && /^\/c$/i.test(second ?? '')) {
    const inner = words.slice(2)
    // `cmd /c "setup.exe /S"`: the quotation marks are the whole line's.
    const only = inner.length === 1 ? wordsOf((inner[0] ?? '').replace(/^"(.*)"$/, '$1')) : inner
    return only.some((word) => /[&|<>^]/.test(word)) ? words : unwrapped(only)
  }
  if (/^start(\.exe)?$/i.test(first)) {
    const after = words
      .slice(1)
      .filter((word, index) => !(/^\/(wait|min|max|b)$/i.test(word) || (index < 3 && word === '""')))
    return unwrapped(after)
  }
  return words
}
