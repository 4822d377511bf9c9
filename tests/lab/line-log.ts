import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** What a machine or program says, line by line: kept, written to a file, and waited for. */
export type LineLog = {
  lines: readonly string[]
  /** The first line matching the pattern from index `from` on, or as soon as it comes; throws with the last lines when time is up. */
  waitFor(pattern: RegExp, timeoutMs: number, from?: number): Promise<RegExpMatchArray>
  /** Calls back for every line from now on; gives the function that stops it. */
  onLine(listener: (line: string) => void): () => void
}

/** Reads a stream to its end. Colours and cursor movements are taken out of the lines, not out of the file. */
export function openLineLog(stream: Readable, file: string): LineLog {
  const lines: string[] = []
  const listeners = new Set<(line: string) => void>()
  // A machine that is switched on again goes on in the same log.
  const copy = createWriteStream(file, { flags: 'a' })
  const decoder = new StringDecoder('utf8')
  let unfinished = ''
  stream.on('data', (chunk: Buffer) => {
    copy.write(chunk)
    const parts = (unfinished + decoder.write(chunk)).split(/\r?\n/)
    unfinished = parts.pop() ?? ''
    for (const part of parts) {
      const line = withoutEscapes(part)
      lines.push(line)
      listeners.forEach((listener) => listener(line))
    }
  })
  stream.on('close', () => copy.end())
  const onLine = (listener: (line: string) => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    lines,
    onLine,
    waitFor: (pattern, timeoutMs, from = 0) => waitForLine(lines, onLine, pattern, timeoutMs, from),
  }
}

async function waitForLine(
  lines: readonly string[],
  onLine: LineLog['onLine'],
  pattern: RegExp,
  timeoutMs: number,
  from: number,
): Promise<RegExpMatchArray> {
  for (const line of lines.slice(from)) {
    const match = pattern.exec(line)
    if (match) return match
  }
  const { promise, resolve, reject } = Promise.withResolvers<RegExpMatchArray>()
  const stop = onLine((line) => {
    const match = pattern.exec(line)
    if (match) resolve(match)
  })
  const timer = setTimeout(() => {
    reject(
      new Error(
        `${pattern} was not said within ${timeoutMs / 1000} s; the last lines were:\n${lines.slice(-25).join('\n')}`,
      ),
    )
  }, timeoutMs)
  return promise.finally(() => {
    stop()
    clearTimeout(timer)
  })
}

function withoutEscapes(text: string): string {
  return text.replace(/\x1b(\[[0-9;?=]*[A-Za-z]|[()][A-Z0-9]|[=>c])/g, '').replace(/\r/g, '')
}
