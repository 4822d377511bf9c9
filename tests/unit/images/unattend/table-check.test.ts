import { describe, expect, test } from 'vitest'
import { writeAnswerFile } from '../../../../images/unattend/answer-file.ts'
import { componentSettings, listItems } from '../../../answer-files/component-settings.ts'
import { checkAgainstTable } from '../../../answer-files/table-check.ts'
import { usual } from './material.ts'

const good = writeAnswerFile(usual)
const shell = 'Microsoft-Windows-Shell-Setup'

/** The good file with one thing changed in it; fails the test when there was nothing to change. */
function changed(from: string | RegExp, to: string): string {
  const text = good.replace(from, to)
  expect(text).not.toBe(good)
  return text
}

describe('the table of settings', () => {
  test('names every setting once per component and pass', () => {
    const keys = componentSettings.flatMap((row) => row.passes.map((pass) => `${pass}/${row.component}/${row.path}`))
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('has settings below every list it names', () => {
    for (const item of listItems) expect(componentSettings.some((row) => row.path.startsWith(`${item}/`))).toBe(true)
  })
})

describe('a file that does not fit the table', () => {
  test.each<[string, () => string, string, string]>([
    [
      'a setting that does not exist',
      () => changed('TimeZone>', 'TimeZones>').replace('/TimeZone>', '/TimeZones>'),
      'unknown-setting',
      `specialize/${shell}/TimeZones`,
    ],
    [
      'a setting in the wrong pass',
      () => changed('<TimeZone>', '<OOBE><HideEULAPage>true</HideEULAPage></OOBE><TimeZone>'),
      'wrong-pass',
      `specialize/${shell}/OOBE/HideEULAPage`,
    ],
    [
      'a component in no pass of ours',
      () => changed('Microsoft-Windows-International-Core', 'Microsoft-Windows-Setup'),
      'unknown-component',
      'oobeSystem/Microsoft-Windows-Setup',
    ],
    [
      'a pass that never runs here',
      () => changed('pass="specialize"', 'pass="windowsPE"'),
      'unknown-pass',
      'windowsPE',
    ],
    [
      'another architecture',
      () => changed('amd64', 'x86'),
      'wrong-attribute',
      'specialize/Microsoft-Windows-Deployment',
    ],
    [
      'a list item without its action',
      () => changed(' wcm:action="add"', ''),
      'wrong-attribute',
      'specialize/Microsoft-Windows-Deployment/RunSynchronous/RunSynchronousCommand',
    ],
    [
      'two commands with one order',
      () => changed('<Order>2</Order>', '<Order>1</Order>'),
      'twice',
      'specialize/Microsoft-Windows-Deployment/RunSynchronous/1',
    ],
    [
      'a computer name of 16 characters',
      () => changed('ATELIER-0042', 'ATELIER-00000042'),
      'bad-value',
      `specialize/${shell}/ComputerName`,
    ],
    [
      'a path of 260 characters',
      () => changed(/<Path>[^<]*/, `<Path>${'x'.repeat(260)}`),
      'bad-value',
      'specialize/Microsoft-Windows-Deployment/RunSynchronous/RunSynchronousCommand/Path',
    ],
    [
      'a truth that is none',
      () => changed('<Enabled>true', '<Enabled>yes'),
      'bad-value',
      `oobeSystem/${shell}/AutoLogon/Enabled`,
    ],
    [
      'a password in the clear',
      () => changed('<PlainText>false', '<PlainText>true'),
      'bad-value',
      `oobeSystem/${shell}/AutoLogon/Password/PlainText`,
    ],
    [
      'a component twice',
      () =>
        changed(
          '</settings>',
          `<component name="Microsoft-Windows-Deployment" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"><RunSynchronous><RunSynchronousCommand wcm:action="add"><Order>1</Order></RunSynchronousCommand></RunSynchronous></component></settings>`,
        ),
      'twice',
      'specialize/Microsoft-Windows-Deployment',
    ],
    [
      'a component with nothing in it',
      () => changed(/<PreventDeviceEncryption>.*<\/PreventDeviceEncryption>/, ''),
      'empty',
      'specialize/Microsoft-Windows-SecureStartup-FilterDriver',
    ],
    ['text between elements', () => changed('<OOBE>', '<OOBE>x'), 'bad-value', `oobeSystem/${shell}/OOBE`],
    ['another namespace', () => changed('urn:schemas-microsoft-com:unattend', 'urn:x'), 'wrong-attribute', 'unattend'],
    ['half a file', () => good.slice(0, -40), 'not-xml', ''],
    ['another document', () => '<WIM/>', 'not-an-answer-file', 'WIM'],
    ['a control character', () => changed('ATELIER', 'ATE\u0001LIER'), 'not-xml', ''],
  ])('is named: %s', (_, make, code, where) => {
    expect(checkAgainstTable(make())).toContainEqual({ code, where })
  })

  test('is told everything at once', () => {
    const text = changed('amd64', 'x86').replace('<Enabled>true', '<Enabled>yes')
    expect(checkAgainstTable(text).map(({ code }) => code)).toEqual(['wrong-attribute', 'bad-value'])
  })
})
