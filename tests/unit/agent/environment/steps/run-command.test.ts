import { pinOf } from '../../../../../agent/protocol/key-pin.ts'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { untouchedClock } from '../../../../../agent/environment/clock/machine-clock.ts'
import { openSourceFiles } from '../../../../../agent/environment/inventory/source-files.ts'
import { runCommand } from '../../../../../agent/environment/steps/run-command.ts'
import { openExec } from '../../../../../agent/runtime/exec.ts'
import type { Outcome } from '../../../../../agent/runtime/step.ts'
import { windowsContext, windowsWork } from '../../windows/programs.ts'

const step = runCommand({
  server: { url: new URL('https://127.0.0.1'), pin: pinOf(new Uint8Array()) },
  runDisks: { pins: [], read: () => Promise.resolve({ allowed: [], strangers: [] }) },
  files: openSourceFiles('/nowhere'),
  mountFolder: '/nowhere',
  machineClock: untouchedClock,
  newGuid: () => '',
})

/** Runs it by this machine's own shell; gives what became of it, and the run's log. */
async function run(command: string, secrets: Record<string, string>): Promise<{ lines: string[]; outcome: Outcome }> {
  const lines: string[] = []
  const exec = openExec(new AbortController().signal, (_level, text) => lines.push(text))
  const context = windowsContext({ ...windowsWork('run-command', { command }), secrets }, exec)
  return { lines, outcome: await step(context) }
}

test('a secret reaches the shell, and no line of the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-secret-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { lines, outcome } = await run(`echo '\${secret.word}' | tee ${folder}/said`, { word: 'tournesol' })
  expect(outcome).toEqual({ result: { code: 0 } })
  expect(readFileSync(join(folder, 'said'), 'utf8')).toBe('tournesol\n')
  expect(lines.join('\n')).toContain('***')
  expect(lines.join('\n')).not.toContain('tournesol')
})

test('a failure does not repeat the secret that the command printed', async () => {
  const failure = await run("echo '${secret.word}' >&2; exit 3", { word: 'tournesol' }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ failure: { code: 'COMMAND_FAILED', params: { code: 3 } } })
  expect(JSON.stringify(failure)).not.toContain('tournesol')
})

test('a secret that the server does not have is named', async () => {
  await expect(run("echo '${secret.word}'", {})).rejects.toMatchObject({
    failure: { code: 'SECRET_MISSING', params: { name: 'word' } },
  })
})
