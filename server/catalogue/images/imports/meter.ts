export type Phase = 'hashing' | 'verifying' | 'exporting' | 'hashing-result'

/** Where a phase of a preparation is. Rate and time left are undefined until they mean something. */
export type Progress = {
  readonly phase: Phase
  /** 0 to 1, of this phase. */
  readonly fraction: number
  readonly bytesPerSecond?: number
  readonly secondsLeft?: number
}

type Sample = { readonly atMs: number; readonly doneBytes: number }
const windowMs = 5_000
const soonestMs = 250

/**
 * Makes progress out of byte counts: the rate is that of the last five seconds, so that a slow start is forgotten.
 *
 * @returns a function to call with the bytes done and the time; undefined when the last progress is too fresh to say more
 */
export function meter(phase: Phase, totalBytes: number): (doneBytes: number, atMs: number) => Progress | undefined {
  let samples: readonly Sample[] = []
  return (doneBytes, atMs) => {
    const last = samples.at(-1)
    if (last !== undefined && atMs - last.atMs < soonestMs && doneBytes < totalBytes) return undefined
    samples = [...samples.filter((sample) => atMs - sample.atMs <= windowMs), { atMs, doneBytes }]
    const first = samples[0]
    const fraction = totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : 0
    if (first === undefined || atMs - first.atMs < soonestMs) return { phase, fraction }
    const bytesPerSecond = Math.max(0, ((doneBytes - first.doneBytes) * 1000) / (atMs - first.atMs))
    if (bytesPerSecond === 0) return { phase, fraction, bytesPerSecond }
    return { phase, fraction, bytesPerSecond, secondsLeft: Math.max(0, totalBytes - doneBytes) / bytesPerSecond }
  }
}
