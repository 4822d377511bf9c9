import { StringDecoder } from 'node:string_decoder'

/** Of each stream, kept for the failure's detail: the end counts. */
const keptCharacters = 65_536
/** What the protocol lets a line of the log have. */
const longestLine = 4096

/** A line as the log takes it. Pure. */
export const logLine = (line: string): string => line.slice(0, longestLine)

/** Takes a program's output as it comes, gives whole lines to `forward`, and keeps the end of it all. */
export type LineSplitter = { push(chunk: Buffer): void; end(): string }

/**
 * Cuts output into lines. Progress that a program draws over itself with carriage returns is not a line: of such a
 * line only its last state is given.
 */
export function lineSplitter(forward: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let kept = ''
  let rest = ''
  const take = (text: string): void => {
    kept = (kept + text).slice(-keptCharacters)
    const lines = (rest + text).split('\n')
    rest = lastState(lines.pop() ?? '').slice(-keptCharacters)
    for (const line of lines) say(line)
  }
  const say = (line: string): void => {
    const clean = cleanLine(lastState(line.endsWith('\r') ? line.slice(0, -1) : line))
    if (clean !== '') forward(clean)
  }
  return {
    push: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end())
      say(rest)
      rest = ''
      return kept
    },
  }
}

function lastState(line: string): string {
  return line.slice(line.lastIndexOf('\r', line.length - 2) + 1)
}

/** A line without terminal control sequences and control characters. */
export function cleanLine(line: string): string {
  return line

    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')

    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .trimEnd()
}
