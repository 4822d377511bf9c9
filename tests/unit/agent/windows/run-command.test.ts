import { describe, expect, test } from 'vitest'
import { commandScript } from '../../../../agent/windows/system/command-script.ts'
import { takePowerAction } from '../../../../agent/windows/system/power-action.ts'
import { runCommand } from '../../../../agent/windows/steps/run-command.ts'
import { exited, recordedExec, windowsContext, windowsWork } from './programs.ts'

const written: string[] = []
const step = runCommand({
  folder: 'C:\\ProgramData\\Etabli',
  withFile: (extension, bytes, use) => {
    written.push(Buffer.from(bytes).toString('utf8'))
    return use(`C:\\ProgramData\\Etabli\\step${extension}`)
  },
})

describe('a command for a shell', () => {
  test('cmd gets a batch file with Windows’ line ends, whose code is the last command’s', () => {
    const text = Buffer.from(commandScript('cmd', 'echo é\necho "a & b"\n').file.bytes).toString('utf8')
    expect(text).toBe('@echo off\r\nchcp 65001 >nul\r\necho é\r\necho "a & b"\r\nexit /b %errorlevel%\r\n')
  })

  test('PowerShell gets a script it reads as UTF-8', () => {
    const { file, starter } = commandScript('powershell', 'Write-Output é')
    for (const one of [file, starter]) expect([...(one?.bytes.subarray(0, 3) ?? [])]).toEqual([0xef, 0xbb, 0xbf])
  })
})

describe('run-command', () => {
  test('runs PowerShell when no shell is named', async () => {
    const { exec, asked } = recordedExec([exited(0)])
    expect(await step(windowsContext(windowsWork('run-command', { command: 'Get-Date' }), exec))).toEqual({
      result: { code: 0 },
    })
    expect(asked[0]?.[0]).toBe('powershell.exe')
    expect(asked[0]?.slice(-2)).toEqual(['-WorkshopScript', 'C:\\ProgramData\\Etabli\\step.ps1'])
    expect(written).toContain('\ufeffGet-Date\r\n')
  })

  test.each([
    ['a restart that is asked for', [0, 3010], 3010],
    ['an HRESULT, written as a signed number', -2147023838, 0x80070422],
  ])('takes %s for success', async (_name, expect_, code) => {
    const { exec } = recordedExec([exited(code)])
    const work = windowsWork('run-command', { shell: 'cmd', command: 'x', expect: expect_ })
    expect(await step(windowsContext(work, exec))).toEqual({ result: { code } })
  })

  test.each([
    ['another code', { shell: 'cmd', command: 'x' }, exited(2, '', 'Accès refusé.'), 'COMMAND_FAILED'],
    ['no such shell', { command: 'x' }, { kind: 'missing' } as const, 'WINDOWS_PROGRAM_MISSING'],
    ['a shell of the environment', { shell: 'sh', command: 'x' }, exited(0), 'INPUT_INVALID'],
  ])('fails with words: %s', async (_name, input, end, code) => {
    const attempt = step(windowsContext(windowsWork('run-command', input), recordedExec([end]).exec))
    await expect(attempt).rejects.toMatchObject({ failure: { code } })
  })
})

describe('a power action', () => {
  test.each([
    ['restart', exited(0), ['shutdown.exe', '/r', '/t', '0'], true],
    ['shut-down', exited(0), ['shutdown.exe', '/s', '/t', '0'], true],
    ['restart', exited(1115, '', 'Un arrêt du système est en cours.(1115)'), ['shutdown.exe', '/r', '/t', '0'], true],
    ['restart', exited(5), ['shutdown.exe', '/r', '/t', '0'], false],
  ] as const)('%s with %j', async (how, end, command, taken) => {
    const { exec, asked } = recordedExec([end])
    expect(await takePowerAction(how, exec)).toBe(taken)
    expect(asked).toEqual([command])
  })
})
