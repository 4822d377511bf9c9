import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { Report } from '../../protocol/messages.ts'

/**
 * The end of a step that the server may not have yet, as kept on the disk: an agent that is killed, or a machine that
 * loses its power, between the step's end and the server's answer sends it again instead of doing the step twice.
 * Everything else that must survive is stored by the server.
 */
export const PendingResult = Type.Object({
  /** The run token of the moment; it dies with the run. */
  token: Type.String(),
  report: Report,
  afterwards: Type.Union([Type.Literal('restart'), Type.Literal('shut-down'), Type.Null()]),
})
export type PendingResult = Static<typeof PendingResult>

/** Null for a file of another shape, or one cut off: the server then serves the step anew. */
export function parsePendingResult(text: string): PendingResult | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return Value.Check(PendingResult, parsed) ? parsed : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Where it is kept. */
export type PendingResultFile = { read(): PendingResult | null; write(end: PendingResult): void; remove(): void }

/**
 * What is to be done with an end that was found at the start, once the server has answered it. The machine leaves only
 * when it has not been started since: a restart that did happen must not happen twice. Pure.
 */
export function powerActionAfter(
  { report, afterwards }: PendingResult,
  verdict: 'accepted' | 'other',
  startedAt: Date,
): 'restart' | 'shut-down' | null {
  if (verdict !== 'accepted' || afterwards === null) return null
  return startedAt.getTime() > Date.parse(report.at) ? null : afterwards
}
