import type { Sentence } from '../../text/sentence.ts'
import type { StepContext } from './step.ts'
import { measured, progressOf, startThroughput } from './throughput.ts'

const reportEveryMs = 250

/**
 * Tells how a transfer of `totalBytes` goes on: bytes, rate, time left, and `doing` when it is given.
 *
 * @returns to be called with the length of every piece
 */
export function byteProgress(
  { clock, progress }: Pick<StepContext, 'clock' | 'progress'>,
  totalBytes: number,
  doing?: Sentence,
): (count: number) => void {
  let bytes = 0
  let toldMs = clock.elapsedMs()
  let throughput = startThroughput(totalBytes, toldMs)
  return (count) => {
    bytes += count
    const nowMs = clock.elapsedMs()
    if (nowMs - toldMs < reportEveryMs && bytes < totalBytes) return
    toldMs = nowMs
    throughput = measured(throughput, bytes, nowMs)
    progress({ ...progressOf(throughput), ...(doing === undefined ? {} : { doing }) })
  }
}
