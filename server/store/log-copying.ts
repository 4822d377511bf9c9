import { once } from 'node:events'
import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/** Copies an SQLite database's write-ahead log into the database until it is closed. */
export type LogCopying = { close(): Promise<void> }

const lookEveryMs = 500
/** A smaller log is left where it is: nothing reads slower for it. */
const leastBytes = 2 * 2 ** 20
/** A thread that has had nothing to copy for so long goes, with the memory it takes. */
const idleMs = 30_000

/** Time of the log's last change, null while it is small or not there. */
function changeOf(log: string): number | null {
  const found = statSync(log, { throwIfNoEntry: false })
  return found === undefined || found.size < leastBytes ? null : found.mtimeMs
}

/**
 * Copies the log in a thread of its own, while there is much of it: copying waits for the disk, a tenth of a second and
 * more each time, and whoever commits would wait for it, with DHCP, TFTP and everything else in this process
 * (tests/bench/reports.bench.ts).
 *
 * @param file of a database that is open in write-ahead mode; the thread has a connection of its own
 */
export function copyLogOf(file: string): LogCopying {
  const log = `${file}-wal`
  let worker: Worker | null = null
  let isCopying = false
  let copied: number | null = null
  let idleSince = performance.now()

  const start = (): Worker => {
    const limits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 }
    const started = new Worker(new URL('./log-copier.ts', import.meta.url), {
      workerData: { file },
      resourceLimits: limits,
    })
    started.unref()
    started.on('message', () => void (isCopying = false))
    // One that cannot go on is started anew at the next look; the server's own connection copies what becomes too much.
    started.on('error', () => undefined)
    started.once('exit', () => {
      isCopying = false
      if (worker === started) worker = null
    })
    return started
  }

  const look = (): void => {
    if (isCopying) return
    const change = changeOf(log)
    if (change !== null && change !== copied) {
      worker ??= start()
      isCopying = true
      copied = change
      idleSince = performance.now()
      worker.postMessage('copy')
    } else if (worker !== null && performance.now() - idleSince > idleMs) {
      worker.postMessage('close')
      worker = null
    }
  }
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  return {
    close: async () => {
      clearInterval(timer)
      const last = worker
      if (last === null) return
      const gone = once(last, 'exit')
      last.postMessage('close')
      await gone
    },
  }
}
