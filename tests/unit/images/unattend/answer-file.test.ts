import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endAutoLogonCommand, writeAnswerFile } from '../../../../images/unattend/answer-file.ts'
import { revealPassword } from '../../../answer-files/reveal-password.ts'
import type { AnswerFileSettings } from '../../../../images/unattend/settings.ts'
import { checkAgainstTable } from '../../../answer-files/table-check.ts'
import { validate } from '../../../../images/unattend/validate.ts'
import { findElement, readXml, type XmlElement } from '../../../../images/xml/xml-reader.ts'
import { audit, usual } from './material.ts'
import { runs } from '../../property-runs.ts'
import { canRun, missingPrograms } from '../../../machine/requirements.ts'

const shell = 'Microsoft-Windows-Shell-Setup'

function component(settings: AnswerFileSettings, pass: string, name: string): XmlElement | undefined {
  const root = readXml(writeAnswerFile(settings))
  const found = root.children.find((child) => child.attributes.get('pass') === pass)
  return found?.children.find((child) => child.attributes.get('name') === name)
}

function textOf(element: XmlElement | undefined, path: string): string | undefined {
  return element === undefined ? undefined : findElement(element, path)?.text
}

const variants: Array<[string, AnswerFileSettings]> = [
  ['the usual settings', usual],
  ['audit mode', audit],
  [
    'nothing optional',
    { ...usual, oem: null, agentStart: null, specializeCommands: [], autoLogon: null, oobe: 'shown' },
  ],
  [
    'a key and encryption allowed',
    { ...usual, productKey: 'VK7JG-NPHTM-C97JM-9MPGT-3V66T', deviceEncryption: 'allowed' },
  ],
  ['a name of Windows’ making', { ...usual, computerName: '*' }],
  ['a command at first logon', { ...usual, firstLogonCommand: 'C:\\Etabli\\first.cmd "a" & b' }],
  [
    'shop details without a word',
    { ...usual, oem: { manufacturer: '', model: '', supportPhone: '', supportHours: '', supportUrl: '' } },
  ],
]

describe('an answer file', () => {
  test.each(variants)('holds nothing but what the table allows: %s', (_, settings) => {
    expect(validate(settings)).toEqual([])
    expect(checkAgainstTable(writeAnswerFile(settings))).toEqual([])
  })

  test('is the same text for the same settings', async () => {
    await expect(writeAnswerFile(usual)).toMatchFileSnapshot('golden/local-account.xml')
    await expect(writeAnswerFile(audit)).toMatchFileSnapshot('golden/audit-mode.xml')
  })

  test('runs the commands of specialize in their order and the agent last', () => {
    const commands = [1, 2, 3].map((number) => ({ path: `cmd.exe /c step${number}`, description: '' }))
    const deployment = component(
      { ...usual, specializeCommands: commands },
      'specialize',
      'Microsoft-Windows-Deployment',
    )
    const items = deployment?.children[0]?.children ?? []
    expect(items.map((item) => [textOf(item, 'Order'), textOf(item, 'Path')])).toEqual([
      ['1', 'cmd.exe /c step1'],
      ['2', 'cmd.exe /c step2'],
      ['3', 'cmd.exe /c step3'],
      ['4', 'C:\\Etabli\\agent.exe --specialize'],
    ])
  })

  test('writes no key element when the firmware or a digital licence has the key', () => {
    expect(textOf(component(usual, 'specialize', shell), 'ProductKey')).toBeUndefined()
  })

  test('asks Windows to stop signing on by itself when nothing else runs at the first logon', () => {
    const found = component(usual, 'oobeSystem', shell)
    expect(textOf(found, 'FirstLogonCommands/SynchronousCommand/CommandLine')).toBe(endAutoLogonCommand)
  })

  test('gives the account and the automatic logon the same password, obscured', () => {
    const found = component(usual, 'oobeSystem', shell)
    const written = textOf(found, 'UserAccounts/LocalAccounts/LocalAccount/Password/Value') ?? ''
    expect(textOf(found, 'AutoLogon/Password/Value')).toBe(written)
    expect(revealPassword(written, 'Password')).toBe('Été-2026&<fin>')
    expect(writeAnswerFile(usual)).not.toContain('2026')
  })

  test('keeps Windows from encrypting the disk in both ways out of setup', () => {
    for (const settings of [usual, audit]) {
      const filter = component(settings, 'specialize', 'Microsoft-Windows-SecureStartup-FilterDriver')
      expect(textOf(filter, 'PreventDeviceEncryption')).toBe('true')
    }
    expect(writeAnswerFile({ ...usual, deviceEncryption: 'allowed' })).not.toContain('Encryption')
  })

  test('holds no account in audit mode, where Windows applies none', () => {
    const text = writeAnswerFile(audit)
    expect(text).toContain('<Mode>Audit</Mode>')
    expect(text).not.toMatch(/LocalAccount|AutoLogon|Password|OOBE>/)
  })
})

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'<>&"\'=/]![CDATA[-- ;#x0\té\u{1f600}'), minLength: 1, maxLength: 30 }),
)

const settingsOf = fc
  .tuple(hostile, hostile, hostile, hostile)
  .map(([name, password, manufacturer, path]): AnswerFileSettings => ({
    ...usual,
    account: { kind: 'local', name, displayName: manufacturer, password },
    oem: { manufacturer, model: password, supportPhone: name, supportHours: '', supportUrl: path },
    specializeCommands: [{ path, description: name }],
  }))

describe('hostile texts', () => {
  test('come back as they were, or were refused by the validation', () => {
    let written = 0
    const check = (settings: AnswerFileSettings): void => {
      if (validate(settings).length > 0 || settings.account.kind === 'audit') return
      written += 1
      const text = writeAnswerFile(settings)
      expect(checkAgainstTable(text)).toEqual([])
      const found = component(settings, 'oobeSystem', shell)
      const value = textOf(found, 'UserAccounts/LocalAccounts/LocalAccount/Password/Value') ?? ''
      expect(textOf(found, 'UserAccounts/LocalAccounts/LocalAccount/Name')).toBe(settings.account.name)
      expect(revealPassword(value, 'Password')).toBe(settings.account.password)
      const manufacturer = textOf(component(settings, 'specialize', shell), 'OEMInformation/Manufacturer')
      expect(manufacturer).toBe(settings.oem?.manufacturer)
    }
    fc.assert(fc.property(settingsOf, check), { numRuns: runs(300) })
    expect(written).toBeGreaterThan(5)
  })
})

/** Prints every text of a document, as another parser reads it: paths and texts as JSON. */
const pythonReader = `
import sys, json, xml.etree.ElementTree as tree
def walk(node):
    if len(node) == 0: yield [node.tag.split('}')[1], node.text or '']
    for child in node: yield from walk(child)
print(json.dumps(list(walk(tree.fromstring(sys.stdin.buffer.read())))))
`
const hasPython = canRun('answer files read by another XML parser', missingPrograms(['python3']))

describe.runIf(hasPython)('another XML parser', () => {
  test.each(variants)('reads the same names and texts: %s', (_, settings) => {
    const text = writeAnswerFile(settings)
    const leaves = (element: XmlElement): Array<[string, string]> =>
      element.children.length === 0 ? [[element.name, element.text]] : element.children.flatMap(leaves)
    const read: unknown = JSON.parse(execFileSync('python3', ['-c', pythonReader], { input: text, encoding: 'utf8' }))
    expect(read).toEqual(leaves(readXml(text)))
  })
})
