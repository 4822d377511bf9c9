import { median } from './file-server.ts'
import { startStockedServer, type StockedServer } from './stocked-server.ts'

/**
 * A stock of 5,000 machines beside one of 250: a page of each list, a search through the whole stock, every page of the
 * machines; and how long a request that needs nothing waits meanwhile.
 */
const sizes = [250, 5000] as const
const rounds = Number(process.env['ETABLI_BENCH_ROUNDS'] ?? 5)

async function read(server: StockedServer, path: string): Promise<{ next: string | null; ms: number }> {
  const start = performance.now()
  const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.token}` } })
  if (!response.ok) throw new Error(`${path} was answered ${response.status}`)
  const { next }: { next: string | null } = JSON.parse(await response.text())
  return { next, ms: performance.now() - start }
}

async function readAll(server: StockedServer, path: string): Promise<number> {
  const start = performance.now()
  for (let after = ''; ;) {
    const { next } = await read(server, `${path}?${after}`)
    if (next === null) return performance.now() - start
    after = `after=${encodeURIComponent(next)}`
  }
}

/** The longest that `/healthz` waited while the work went on. */
async function longestWait(server: StockedServer, work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let isOver = false
  const probing = (async () => {
    while (!isOver) {
      const start = performance.now()
      await (await fetch(`${server.url}/healthz`)).text()
      longest = Math.max(longest, performance.now() - start)
    }
  })()
  await work()
  isOver = true
  await probing
  return longest
}

const measures = {
  'a page of machines': async (server: StockedServer) => (await read(server, '/api/machines')).ms,
  'the bench': async (server: StockedServer) => (await read(server, '/api/machines?on=bench')).ms,
  'a page of the stock': async (server: StockedServer) => (await read(server, '/api/stock')).ms,
  'a search through the stock': async (server: StockedServer) => (await read(server, '/api/stock?search=nowhere')).ms,
  'every page of machines': (server: StockedServer) => readAll(server, '/api/machines'),
  'every page of the stock': (server: StockedServer) => readAll(server, '/api/stock'),
}

await using small = await startStockedServer(sizes[0])
await using large = await startStockedServer(sizes[1])
for (const [name, measure] of Object.entries(measures)) {
  const [a, b, waits]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    a.push(await measure(small))
    b.push(await measure(large))
    waits.push(await longestWait(large, () => measure(large)))
  }
  console.log(
    `${name}: ${median(a).toFixed(0)} ms of ${sizes[0]}, ${median(b).toFixed(0)} ms of ${sizes[1]}, ` +
      `ratio ${(median(b) / median(a)).toFixed(2)}; healthz waits ${median(waits).toFixed(0)} ms, ${Math.max(...waits).toFixed(0)} at most`,
  )
}
console.log(
  `memory: ${small.residentMb().toFixed(0)} MB of ${sizes[0]}, ${large.residentMb().toFixed(0)} MB of ${sizes[1]}`,
)
