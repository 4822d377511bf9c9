import { closeSync, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { report, sayHello, type Machine } from './machines-at-work.ts'
import type { StockedServer } from './stocked-server.ts'

/** How often each answer was given. */
export type Counts = Record<string, number>
/** What became of a load, and how long each of its requests took, in milliseconds. */
export type Load = { counts: Counts; tookMs: number[] }

const count = (counts: Counts, answer: string): void => void (counts[answer] = (counts[answer] ?? 0) + 1)

/** Every machine reports once a second for so many seconds, evenly spread over each. */
export async function reportEachSecond(server: StockedServer, all: readonly Machine[], seconds: number): Promise<Load> {
  const load: Load = { counts: {}, tookMs: [] }
  const start = performance.now()
  await Promise.all(
    all.map(async (machine, index) => {
      for (let second = 0; second < seconds; second += 1) {
        const due = start + (second + index / all.length) * 1000
        await wait(Math.max(0, due - performance.now()))
        const sent = performance.now()
        const progress = { fraction: second / seconds }
        const verdict = await report(server, machine, { kind: 'progress', progress }).catch(String)
        load.tookMs.push(performance.now() - sent)
        count(load.counts, verdict)
      }
    }),
  )
  return load
}

/** Hellos of so many machines nobody knows, spread over half of the time. */
export async function strangersSayHello(server: StockedServer, strangers: number, seconds: number): Promise<Load> {
  const load: Load = { counts: {}, tookMs: [] }
  for (let number = 0; number < strangers; number += 1) {
    const sent = performance.now()
    const answer = await sayHello(server, 'stranger', number)
    load.tookMs.push(performance.now() - sent)
    if (answer.kind === 'taken-in') answer.machine.agent.destroy()
    count(load.counts, answer.kind === 'taken-in' ? 'taken in' : String(answer.status))
    await wait((seconds * 1000) / strangers / 2)
  }
  return load
}

/** Reads paths one after the other, with a pause between two, until told to stop. */
export async function readAgainAndAgain(
  server: StockedServer,
  paths: readonly string[],
  pauseMs: number,
  until: AbortSignal,
): Promise<Load> {
  const load: Load = { counts: {}, tookMs: [] }
  while (!until.aborted)
    for (const path of paths) {
      const sent = performance.now()
      const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.token}` } })
      await answer.arrayBuffer()
      load.tookMs.push(performance.now() - sent)
      count(load.counts, String(answer.status))
      await wait(pauseMs)
    }
  return load
}

/**
 * Writes 8 KB to a bare file beside the data folder and waits until the disk has it, ten times a second: a server that keeps
 * what it has acknowledged waits for the same disk.
 */
export async function syncBareFile(until: AbortSignal): Promise<Load> {
  const load: Load = { counts: {}, tookMs: [] }
  const path = join(tmpdir(), `etabli-fsync-${process.pid}`)
  const file = openSync(path, 'w')
  while (!until.aborted) {
    const sent = performance.now()
    writeSync(file, Buffer.alloc(8192))
    fsyncSync(file)
    load.tookMs.push(performance.now() - sent)
    count(load.counts, 'synced')
    await wait(100)
  }
  closeSync(file)
  unlinkSync(path)
  return load
}
