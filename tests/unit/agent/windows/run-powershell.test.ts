import { expect, test } from 'vitest'
import type { Exec, ExecOptions } from '../../../../agent/runtime/exec.ts'
import type { WindowsDependencies } from '../../../../agent/windows/dependencies.ts'
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
  expect(written).toContain('\ufeffSet-Date\r\nGet-Date\r\n')
})

test('leaves the text at the top of a file of its own, and ends with an error where a line fails', async () => {
  const { exec, asked } = recordedExec([exited(0)])
  const script = 'using namespace System.IO\nparam([int]$Times = 3)\nGet-Item missing'
  const files: Array<{ path: string; text: string }> = []
  const withFile: WindowsDependencies['withFile'] = (extension, bytes, use) => {
    const path = `C:\\ProgramData\\Etabli\\step-${files.length}${extension}`
    files.push({ path, text: Buffer.from(bytes).toString('utf8') })
    return use(path)
  }
  const alone = runPowershell({ folder: 'C:\\ProgramData\\Etabli', withFile })
  await alone(windowsContext(windowsWork('run-powershell', { script }), exec))
  const [own, starter] = files
  expect(own?.text).toMatch(/^\ufeffusing namespace System\.IO\r\nparam\(/)
  expect(starter?.text).toContain("$ErrorActionPreference = 'Stop'\r\n& $WorkshopScript\r\nexit [int]$LASTEXITCODE")
  expect(asked[0]?.slice(-4)).toEqual(['-File', starter?.path, '-WorkshopScript', own?.path])
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
  expect(written).toContain('\ufeffJoin s3cret\r\n')
  expect(options[0]?.secrets).toEqual(['s3cret'])
})

test.each([
  ['a secret that is not set', { script: '${secret.other}' }, 'SECRET_MISSING'],
  ['no script', {}, 'INPUT_INVALID'],
])('fails with words: %s', async (_name, input, code) => {
  const attempt = step(windowsContext(windowsWork('run-powershell', input), recordedExec([exited(0)]).exec))
  await expect(attempt).rejects.toMatchObject({ failure: { code } })
})
