import { writeSync } from 'node:fs'

/** Somewhere for pino to write its lines. */
export type LogOutput = { write(line: string): void }

/** How often a pipe that is full for the moment is tried again, and the pause before each. */
const tries = 20
const pauseMs = 5

/**
 * Writes the log to an open file, each line at once. A disk that is full, or a reader that is gone, takes lines from the
 * log and nothing else: pino's own destination would try for ever, and the whole server stand still. How many lines were
 * lost is the first thing written when there is room again.
 */
export function createLogOutput(descriptor: number, now: () => Date): LogOutput {
  let lost = 0
  return {
    write(line) {
      const told = lost === 0 ? '' : lostLines(lost, now())
      if (writeWhole(descriptor, told + line)) lost = 0
      else lost += 1
    },
  }
}

function lostLines(count: number, at: Date): string {
  const line = { level: 40, time: at.toISOString(), code: 'LOG_LINES_LOST', count, msg: 'the log could not be written' }
  return `\n${JSON.stringify(line)}\n`
}

/** Whether all of it was written. */
function writeWhole(descriptor: number, text: string): boolean {
  const bytes = Buffer.from(text)
  let failures = 0
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done)
    } catch (error) {
      failures += 1
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN') || failures > tries) return false
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
    }
  }
  return true
}
