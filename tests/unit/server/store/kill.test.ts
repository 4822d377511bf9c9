import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../../../server/store/store.ts'

const ROUNDS = 5

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etabli-kill-'))
  await writeFile(
    join(folder, 'short.yaml'),
    'name: Short\nenvironment:\n  - check-hardware: {}\n  - run-command: { command: a }\n  - restart: {}\n',
  )
})
afterEach(() => rm(folder, { recursive: true }))

/** Lets a recording server run for a moment, kills it, and gives what it had answered. */
async function recordAndKill(file: string, afterMs: number): Promise<Array<{ run: string; step: string }>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'recorder.ts'), file, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let errors = ''
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()))
  const exited = once(child, 'exit')
  // Its first answer may take a while on a busy machine: the moment of death counts from there.
  await Promise.race([once(child.stdout, 'data'), exited])
  await sleep(afterMs)
  child.kill('SIGKILL')
  const [, signal] = await exited
  if (signal !== 'SIGKILL') throw new Error(`the recorder ended by itself: ${errors}`)
  return said
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

test(
  'a server killed at any moment has, when it opens again, everything it had answered',
  { timeout: 120_000 },
  async () => {
    const file = join(folder, 'etabli.db')
    const answered: Array<{ run: string; step: string }> = []
    for (let round = 0; round < ROUNDS; round += 1) {
      answered.push(...(await recordAndKill(file, Math.floor(Math.random() * 150))))
      const store = await openStore({ url: null, file })
      for (const { run: id, step: stepId } of answered) {
        const run = await store.runs.get(id)
        const step = run?.steps.find((one) => one.id === stepId)
        expect(step?.status).toMatchObject({ kind: 'done', result: { stepId } })
      }
      const runs = await store.runs.list({ limit: 10_000 })
      const [machine] = await store.machines.all()
      const record = machine && (await store.records.forMachine(machine.id))
      const [event] = record ? await store.records.events(record.id) : []
      // Run and record move in one transaction: whatever the moment, they tell the same story.
      expect(event?.to).toBe(record?.state)
      expect(runs.filter(({ state }) => ['waiting', 'running'].includes(state.kind)).length).toBeLessThanOrEqual(1)
      for (const run of runs) {
        if (run.state.kind === 'done') expect(run.steps.every(({ status }) => status.kind === 'done')).toBe(true)
        const lines = await store.logs.list(run.id, 0, 100)
        expect(new Set(lines.map(({ stepId, number }) => `${stepId} ${number}`)).size).toBe(lines.length)
      }
      const [newest] = runs
      if (newest?.state.kind === 'done') expect(record?.state).toBe('checking')
      if (newest?.state.kind === 'running') expect(record?.state).toBe('deploying')
      await store.close()
    }
    expect(answered.length).toBeGreaterThan(ROUNDS)
  },
)
