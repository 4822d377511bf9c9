import { expect, test } from 'vitest'
import type { Exec, ExecOptions } from '../../../../agent/runtime/exec.ts'
import { runPowershell } from '../../../../agent/windows/steps/run-powershell.ts'
import { exited, recordedExec, windowsContext, windowsWork } from './programs.ts'

const written: string[] = []
const step = runPowershell({
  folder: 'C:\\ProgramData\\Etabli',
  withFile: (extension, bytes, use) => {
    written.push(Buffer.from(bytes).toString('utf8'))
    return use(`C:\\ProgramData\\Etabli\\step${extension}`)
  },
})

test('runs the text by Windows PowerShell and gives its code', async () => {
  const { exec, asked } = recordedExec([exited(3010)])
  const work = windowsWork('run-powershell', { script: 'Set-Date\nGet-Date', expect: [0, 3010] })
  expect(await step(windowsContext(work, exec))).toEqual({ result: { code: 3010 } })
  expect(asked[0]?.slice(-1)).toEqual(['C:\\ProgramData\\Etabli\\step.ps1'])
  expect(written.at(-1)).toContain('Set-Date\r\nGet-Date')
})

test('fills in a secret where the script is read, and keeps it out of log and failure', async () => {
  const options: ExecOptions[] = []
  const exec: Exec = (_command, _args, given = {}) => {
    options.push(given)
    return Promise.resolve(exited(1, '', 'Accès refusé avec s3cret.'))
  }
  const work = { ...windowsWork('run-powershell', { script: 'Join ${secret.token}' }), secrets: { token: 's3cret' } }
  await expect(step(windowsContext(work, exec))).rejects.toMatchObject({
    failure: { params: { command: 'Join ${secret.token}' }, detail: 'exit code 1\n\nAccès refusé avec ***.' },
  })
  expect(written.at(-1)).toContain('Join s3cret')
  expect(options[0]?.secrets).toEqual(['s3cret'])
})

test.each([
  ['a secret that is not set', { script: '${secret.other}' }, 'SECRET_MISSING'],
  ['no script', {}, 'INPUT_INVALID'],
])('fails with words: %s', async (_name, input, code) => {
  const attempt = step(windowsContext(windowsWork('run-powershell', input), recordedExec([exited(0)]).exec))
  await expect(attempt).rejects.toMatchObject({ failure: { code } })
})
