import { afterAll, expect, test } from 'vitest'
import { readAgainAndAgain, reportEachSecond, strangersSayHello } from '../bench/load.ts'
import { putToWork, type Machine } from '../bench/machines-at-work.ts'
import { startStockedServer } from '../bench/stocked-server.ts'

const machines = 1000
const records = 5000
const seconds = 10

let all: Machine[] = []
afterAll(() => {
  for (const machine of all) machine.agent.destroy()
})

/** How fast is measured in tests/bench/reports.bench.ts, on a machine that does nothing else. */
test('a thousand machines that report each second are all heard, beside a thousand strangers and whoever reads the lists', async () => {
  await using server = await startStockedServer(records)
  all = await putToWork(server, machines)
  const over = new AbortController()
  const lists = ['/api/machines', '/api/stock', '/api/stock?search=nowhere', '/api/deployments?on=bench', '/healthz']
  const readers = readAgainAndAgain(server, lists, 250, over.signal)
  const strangers = strangersSayHello(server, machines, seconds)
  const { counts } = await reportEachSecond(server, all, seconds)
  over.abort()
  expect(counts).toEqual({ accepted: machines * seconds })
  expect(Object.keys((await readers).counts)).toEqual(['200'])
  // Strangers are as many as the server cares to keep; the others are told to wait.
  const { 'taken in': taken = 0, '429': waiting = 0, ...others } = (await strangers).counts
  expect(others).toEqual({})
  expect(taken + waiting).toBe(machines)

  const page = await fetch(`${server.url}/api/stock`, { headers: { authorization: `Bearer ${server.token}` } })
  const { counts: states } = (await page.json()) as { counts: Record<string, number> }
  expect(Object.values(states).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(records + machines)
})
