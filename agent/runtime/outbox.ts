import type { EndBody, LogLine, Progress, ReportBody } from '../protocol/messages.ts'

/**
 * What one attempt of a step still has to tell the server, and what was accepted already. Everything here is a value:
 * `next` says what to send now, `accepted` takes it off. What is not accepted stays and is sent again.
 */
export type Outbox = {
  startAccepted: boolean
  /** Lines not accepted yet; the first is number `from`. */
  lines: readonly LogLine[]
  from: number
  progress: Progress | null
  progressChanged: boolean
  /** When progress or a heartbeat was last accepted. */
  acceptedAtMs: number
  /** When the oldest waiting line was written. */
  lineSinceMs: number
  final: EndBody | null
}

export type Pace = {
  /** Between two progress reports, at least. */
  progressMs: number
  /** Between two signs of life, at most. */
  heartbeatMs: number
  /** How long a line may wait for others to be sent with. */
  logMs: number
}

export const defaultPace: Pace = { progressMs: 1000, heartbeatMs: 5000, logMs: 400 }

export type Next = { kind: 'send'; body: ReportBody } | { kind: 'wait'; ms: number }

/** As the protocol allows in one report. */
const linesPerReport = 500
/** A server that is away for long must not fill the machine's memory with a program's output. */
const mostLines = 50_000

export const emptyOutbox: Outbox = {
  startAccepted: false,
  lines: [],
  from: 0,
  progress: null,
  progressChanged: false,
  acceptedAtMs: 0,
  lineSinceMs: 0,
  final: null,
}

/** Adds a line; beyond 50 000 waiting ones the rest of a program's output is lost, and the last line says so. */
export function withLine(outbox: Outbox, line: LogLine, nowMs: number): Outbox {
  if (outbox.lines.length > mostLines) return outbox
  const added: LogLine =
    outbox.lines.length === mostLines
      ? { ...line, level: 'warning', text: '[… lines lost: the server was away too long]' }
      : line
  return {
    ...outbox,
    lines: [...outbox.lines, added],
    lineSinceMs: outbox.lines.length === 0 ? nowMs : outbox.lineSinceMs,
  }
}

/** The latest progress replaces one that was not sent yet. */
export function withProgress(outbox: Outbox, progress: Progress): Outbox {
  return { ...outbox, progress, progressChanged: true }
}

/** The attempt's end; sent after every line. */
export function withFinal(outbox: Outbox, final: NonNullable<Outbox['final']>): Outbox {
  return { ...outbox, final }
}

/** What to send now, or how long there is nothing to send: the start, then lines in order, progress when due, the end. */
export function next(outbox: Outbox, nowMs: number, pace: Pace): Next {
  if (!outbox.startAccepted) return { kind: 'send', body: { kind: 'started' } }
  const full = outbox.lines.length >= linesPerReport
  const lineWait = outbox.lines.length === 0 ? Infinity : outbox.lineSinceMs + pace.logMs - nowMs
  if (outbox.lines.length > 0 && (full || lineWait <= 0 || outbox.final !== null)) {
    return { kind: 'send', body: { kind: 'log', from: outbox.from, lines: outbox.lines.slice(0, linesPerReport) } }
  }
  if (outbox.final !== null) return { kind: 'send', body: outbox.final }
  const progressWait = outbox.acceptedAtMs + (outbox.progressChanged ? pace.progressMs : pace.heartbeatMs) - nowMs
  if (progressWait <= 0)
    return { kind: 'send', body: { kind: 'progress', progress: outbox.progress ?? { fraction: null } } }
  return { kind: 'wait', ms: Math.min(progressWait, lineWait) }
}

/** The outbox once the server has accepted `body`; what was added meanwhile stays. */
export function accepted(outbox: Outbox, body: ReportBody, nowMs: number): Outbox {
  switch (body.kind) {
    case 'started':
      return { ...outbox, startAccepted: true, acceptedAtMs: nowMs }
    case 'log': {
      const lines = outbox.lines.slice(body.lines.length)
      return { ...outbox, lines, from: outbox.from + body.lines.length, lineSinceMs: nowMs }
    }
    case 'progress':
      return {
        ...outbox,
        progressChanged: outbox.progress !== body.progress && outbox.progressChanged,
        acceptedAtMs: nowMs,
      }
    case 'done':
    case 'failed':
    case 'continues':
      return outbox
  }
}
