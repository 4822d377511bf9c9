import type { Progress } from '../protocol/messages.ts'

/** Bytes over time, of the last seconds only: a rate that follows what happens now. */
export type Throughput = { readonly samples: readonly { atMs: number; bytes: number }[]; readonly totalBytes: number }

const windowMs = 8000
/** Before so much has been seen, a rate is that of caches and first files: what it would promise breaks. */
const trustedSeconds = 3
const trustedShare = 0.05

export function startThroughput(totalBytes: number, atMs: number): Throughput {
  return { samples: [{ atMs, bytes: 0 }], totalBytes }
}

/** `bytes` done in all at `atMs`. */
export function measured(throughput: Throughput, bytes: number, atMs: number): Throughput {
  const recent = throughput.samples.filter((sample, index, all) => {
    // The last sample older than the window stays as its edge.
    const following = all[index + 1]
    return following === undefined || following.atMs >= atMs - windowMs
  })
  return { ...throughput, samples: [...recent, { atMs, bytes }] }
}

/** Percent, rate and time left as they stand at the last sample. */
export function progressOf({ samples, totalBytes }: Throughput): Progress {
  const [first, last] = [samples.at(0), samples.at(-1)]
  const bytesDone = Math.min(last?.bytes ?? 0, totalBytes)
  const fraction = totalBytes === 0 ? null : bytesDone / totalBytes
  const seconds = ((last?.atMs ?? 0) - (first?.atMs ?? 0)) / 1000
  if (seconds <= 0) return { fraction, bytesDone, bytesTotal: totalBytes }
  const bytesPerSecond = Math.max(0, bytesDone - (first?.bytes ?? 0)) / seconds
  const known = { fraction, bytesDone, bytesTotal: totalBytes, bytesPerSecond }
  const isEarly = seconds < trustedSeconds || (fraction ?? 0) < trustedShare
  // After the last byte come a volume's own buffers, which take their time: "0 s left" would not be true.
  if (bytesPerSecond === 0 || isEarly || bytesDone >= totalBytes) return known
  return { ...known, secondsLeft: (totalBytes - bytesDone) / bytesPerSecond }
}
