import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Exec, ExecOptions } from '../../../../../agent/runtime/exec.ts'
import { runScript } from '../../../../../agent/windows/system/powershell.ts'
import { exited } from '../programs.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'etabli-powershell-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const dependencies = () => ({
  folder,
  withFile: <Value>(extension: string, _bytes: Uint8Array, use: (file: string) => Promise<Value>) =>
    use(join(folder, `script${extension}`)),
})

test('every script is watched, for longer where its caller knows better', async () => {
  const given: ExecOptions[] = []
  const exec: Exec = (_command, args, options = {}) => {
    given.push(options)
    writeFileSync(args[args.indexOf('-ResultFile') + 1] ?? '', '{}')
    return Promise.resolve(exited(0))
  }
  const script = { name: 'look', text: 'Send-Result @{}' }
  await runScript({ exec }, dependencies(), script)
  const watch = { everyMs: 1, stalledAfterMs: 2, sign: () => Promise.resolve('') }
  await runScript({ exec }, dependencies(), script, { options: { watch } })
  expect(given[0]?.watch).toMatchObject({ stalledAfterMs: 20 * 60_000 })
  expect(given[1]?.watch).toBe(watch)
})

test('one that stands still is ended, and its failure says so', async () => {
  const exec: Exec = () => Promise.resolve({ kind: 'killed', signal: 'stalled', stdout: '', stderr: '' })
  const attempt = runScript({ exec }, dependencies(), { name: 'look', text: '' })
  await expect(attempt).rejects.toMatchObject({
    failure: { code: 'SCRIPT_FAILED', detail: expect.stringContaining('stood still') },
  })
})
