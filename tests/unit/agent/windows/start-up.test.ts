import { describe, expect, test } from 'vitest'
import {
  encodeTaskXml,
  installCommands,
  removeFolderCommand,
  setupCompleteScript,
  taskXml,
} from '../../../../agent/windows/start-up.ts'

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

  test('a folder that cmd would misread is not removed', () => {
    expect(() => removeFolderCommand('C:\\Program Files & more')).toThrow('misread')
    expect(removeFolderCommand(folder).args.at(-1)).toContain(`rmdir /s /q ${folder}`)
  })
})
