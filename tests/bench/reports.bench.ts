import { setTimeout as wait } from 'node:timers/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readAgainAndAgain, reportEachSecond, strangersSayHello, syncBareFile, type Load } from './load.ts'
import { putToWork } from './machines-at-work.ts'
import { startStockedServer } from './stocked-server.ts'

/**
 * A thousand machines that each report once a second for a minute, over TLS, to a server with 5,000 records; the same once
 * more with a thousand strangers who say hello, and with the lists read one after the other. Each from an address of its own.
 */
const machines = Number(process.env['ETABLI_BENCH_MACHINES'] ?? 1000)
const seconds = Number(process.env['ETABLI_BENCH_SECONDS'] ?? 60)
const lists = ['/api/machines', '/api/stock', '/api/stock?search=nowhere', '/api/deployments?on=bench']

function told({ counts, tookMs }: Load): string {
  const sorted = tookMs.toSorted((a, b) => a - b)
  const part = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
  const answers = Object.entries(counts).map(([answer, n]) => `${n} ${answer}`)
  return `${answers.join(', ')}; p50 ${part(0.5)} ms, p99 ${part(0.99)} ms, at most ${part(1)} ms`
}

await using server = await startStockedServer(5000)

/** Says how long a request that needs nothing waited meanwhile, and whether this program itself was the one that waited. */
async function measure(name: string, work: () => Promise<Load>): Promise<void> {
  const own = monitorEventLoopDelay({ resolution: 5 })
  own.enable()
  const over = new AbortController()
  const healthz = readAgainAndAgain(server, ['/healthz'], 20, over.signal)
  const disk = syncBareFile(over.signal)
  const load = await work()
  over.abort()
  own.disable()
  console.log(`${name}: ${told(load)}; server ${server.residentMb().toFixed(0)} MB`)
  console.log(`  the disk alone meanwhile: ${told(await disk)}`)
  console.log(`  /healthz meanwhile: ${told(await healthz)}`)
  console.log(
    `  this program's own loop: p99 ${(own.percentile(99) / 1e6).toFixed(0)} ms, at most ${(own.max / 1e6).toFixed(0)} ms`,
  )
}

const all = await putToWork(server, machines)
// A thousand runs that began within seconds are still being told to browsers: that is another measure.
await wait(10_000)
await measure(`${machines} machines report each second`, () => reportEachSecond(server, all, seconds))
const over = new AbortController()
const strangers = strangersSayHello(server, machines, seconds)
const readers = readAgainAndAgain(server, lists, 250, over.signal)
await measure('with strangers and lists beside them', () => reportEachSecond(server, all, seconds))
over.abort()
console.log(`  strangers: ${told(await strangers)}`)
console.log(`  lists: ${told(await readers)}`)
for (const machine of all) machine.agent.destroy()
