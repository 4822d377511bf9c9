import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { install } from '../../../../../agent/windows/lifetime/installation.ts'
import {
  encodeTaskXml,
  installCommands,
  removeFolderCommand,
  setupCompleteScript,
  specializeCommand,
  taskXml,
} from '../../../../../agent/protocol/windows-agent/start-up.ts'
import { exited, recordedExec } from '../../windows/programs.ts'

const folder = 'C:\\ProgramData\\Etabli'
const executable = `${folder}\\etabli-agent.exe`

describe('the start-up task', () => {
  test.each([
    ['as Local System', '<UserId>S-1-5-18</UserId>'],
    ['at every start', '<BootTrigger><Enabled>true</Enabled></BootTrigger>'],
    ['never ended after 72 hours', '<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>'],
    ['also on battery', '<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>'],
    ['never twice at a time', '<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>'],
    ['again when it has ended', '<Interval>PT5M</Interval>'],
    ['the agent', `<Command>${executable}</Command><Arguments>run</Arguments>`],
  ])('%s', (_name, part) => {
    expect(taskXml(executable)).toContain(part)
  })

  test('a path with an ampersand stays XML', () => {
    expect(taskXml('C:\\A & B\\x.exe')).toContain('<Command>C:\\A &amp; B\\x.exe</Command>')
  })

  test('is written as UTF-16 with its byte order mark', () => {
    expect([...encodeTaskXml('<a').slice(0, 4)]).toEqual([0xff, 0xfe, 0x3c, 0x00])
  })

  test('the folder is closed to users before the task is made', () => {
    const commands = installCommands(folder, `${folder}\\task.xml`)
    expect(commands.map(({ command }) => command)).toEqual(['icacls.exe', 'schtasks.exe'])
    expect(commands[0]?.args).toContain('/inheritance:r')
  })

  test('SetupComplete makes it again, starts it, and never restarts the machine', () => {
    expect(setupCompleteScript(executable)).toBe(`@echo off\r\n"${executable}" install --start\r\nexit /b 0\r\n`)
  })

  test('SetupComplete calls what the image had, last, from its own folder', () => {
    expect(setupCompleteScript(executable, 'SetupComplete.before.cmd').split('\r\n')).toEqual([
      '@echo off',
      `"${executable}" install --start`,
      'call "%~dp0SetupComplete.before.cmd"',
      'exit /b 0',
      '',
    ])
  })

  test('the command of specialize never ends with another code than 0, and fits', () => {
    expect(specializeCommand(executable)).toBe(`cmd.exe /d /c "${executable}" install & exit 0`)
  })

  describe('installed', () => {
    let home: string
    beforeEach(() => {
      home = mkdtempSync(join(tmpdir(), 'etabli-install-'))
    })
    afterEach(() => rmSync(home, { recursive: true }))
    const run = async (codes: number[], start = false) => {
      const { exec, asked } = recordedExec(codes.map((code) => exited(code)))
      const done = await install({ exec, folder: home, executable, say: () => undefined }, start)
      return { done, programs: asked.map(([program = '', verb = '']) => `${program} ${verb}`) }
    }

    test('takes the fallback service away after the task was made, then starts it', async () => {
      const { done, programs } = await run([0, 0, 0, 0], true)
      expect(done).toBe(true)
      expect(programs.slice(1)).toEqual(['schtasks.exe /create', 'sc.exe delete', 'schtasks.exe /run'])
    })

    test('does not mind that it is gone (1060), nor that it cannot be taken away (5)', async () => {
      expect((await run([0, 0, 1060])).done).toBe(true)
      expect((await run([0, 0, 5])).done).toBe(true)
    })

    test('leaves it when the task was not made, and says so', async () => {
      const { done, programs } = await run([0, 1, 0], true)
      expect(done).toBe(false)
      expect(programs.slice(1)).toEqual(['schtasks.exe /create', 'schtasks.exe /run'])
    })
  })

  test('a folder that cmd would misread is not removed', () => {
    expect(() => removeFolderCommand('C:\\Program Files & more')).toThrow('misread')
    expect(removeFolderCommand(folder).args.at(-1)).toContain(`rmdir /s /q ${folder}`)
  })
})
