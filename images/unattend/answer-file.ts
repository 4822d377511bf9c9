import { componentAttributes, unattendNamespaces, type Pass } from './component-attributes.ts'
import { obscurePassword } from './password.ts'
import type { Account, AnswerFileSettings, OemInformation } from './settings.ts'
import { element, writeXml, type XmlNode } from './xml-writer.ts'

/**
 * Ends automatic logon: Windows signs on once more than `LogonCount` says. Belongs into whatever runs at the first
 * logon; stands there alone when nothing else does.
 */
export const endAutoLogonCommand =
  'reg.exe add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v AutoLogonCount /t REG_DWORD /d 0 /f'

/**
 * Writes `unattend.xml` for Windows 10 22H2 to 11 25H2, 64 bit, as an applied image reads it from
 * `C:\Windows\Panther\unattend.xml`: the passes specialize and oobeSystem, nothing else, since windowsPE and
 * offlineServicing belong to programs that never run here. The same settings give the same text.
 *
 * @param settings - without a problem, as `validate` finds them
 * @returns the text, to be written as UTF-8 without byte order mark, with the security `administratorsOnly` gives
 * @throws IllegalXmlCharacter when the settings were not validated
 */
export function writeAnswerFile(settings: AnswerFileSettings): string {
  const passes: Array<[Pass, XmlNode[]]> = [
    ['specialize', specialize(settings)],
    ['oobeSystem', settings.account.kind === 'audit' ? auditMode() : oobeSystem(settings, settings.account)],
  ]
  return writeXml(
    element(
      'unattend',
      passes.map(([pass, components]) => element('settings', components, { pass })),
      unattendNamespaces,
    ),
  )
}

function specialize(settings: AnswerFileSettings): XmlNode[] {
  const { oem, productKey } = settings
  return [
    ...runSynchronous(settings),
    ...(settings.deviceEncryption === 'prevented'
      ? [
          component('Microsoft-Windows-EnhancedStorage-Adm', [element('TCGSecurityActivationDisabled', '1')]),
          noDeviceEncryption(),
        ]
      : []),
    component('Microsoft-Windows-Shell-Setup', [
      element('ComputerName', settings.computerName),
      ...(oem === null ? [] : oemInformation(oem)),
      ...(productKey === null ? [] : [element('ProductKey', productKey)]),
      element('TimeZone', settings.timeZone),
    ]),
  ]
}

function runSynchronous({ specializeCommands, agentStart }: AnswerFileSettings): XmlNode[] {
  const commands = agentStart === null ? specializeCommands : [...specializeCommands, agentStart]
  if (commands.length === 0) return []
  const items = commands.map(({ path, description }, index) =>
    element(
      'RunSynchronousCommand',
      [
        element('Order', String(index + 1)),
        ...(description === '' ? [] : [element('Description', description)]),
        element('Path', path),
      ],
      listItem,
    ),
  )
  return [component('Microsoft-Windows-Deployment', [element('RunSynchronous', items)])]
}

function oemInformation(oem: OemInformation): XmlNode[] {
  const filled = [
    ['Manufacturer', oem.manufacturer],
    ['Model', oem.model],
    ['SupportHours', oem.supportHours],
    ['SupportPhone', oem.supportPhone],
    ['SupportURL', oem.supportUrl],
  ].flatMap(([name = '', text = '']) => (text === '' ? [] : [element(name, text)]))
  return filled.length === 0 ? [] : [element('OEMInformation', filled)]
}

/** Windows applies nothing else of oobeSystem when it goes to audit mode ("Reseal: Mode"). */
function auditMode(): XmlNode[] {
  const reseal = element('Reseal', [element('ForceShutdownNow', 'false'), element('Mode', 'Audit')])
  return [component('Microsoft-Windows-Deployment', [reseal])]
}

function oobeSystem(settings: AnswerFileSettings, account: Account & { kind: 'local' }): XmlNode[] {
  return [
    component('Microsoft-Windows-International-Core', [
      element('InputLocale', settings.keyboard),
      element('SystemLocale', settings.locale),
      element('UILanguage', settings.language),
      element('UserLocale', settings.locale),
    ]),
    ...(settings.deviceEncryption === 'prevented' ? [noDeviceEncryption()] : []),
    component('Microsoft-Windows-Shell-Setup', [
      ...autoLogon(settings, account),
      ...firstLogon(settings),
      ...(settings.oobe === 'hidden' ? [hiddenOobe()] : []),
      element('UserAccounts', [element('LocalAccounts', [localAccount(account)])]),
    ]),
  ]
}

function autoLogon({ autoLogon: wanted }: AnswerFileSettings, account: Account & { kind: 'local' }): XmlNode[] {
  if (wanted === null) return []
  return [
    element('AutoLogon', [
      element('Enabled', 'true'),
      element('LogonCount', String(wanted.times)),
      password(account.password),
      element('Username', account.name),
    ]),
  ]
}

function firstLogon({ firstLogonCommand, autoLogon: wanted }: AnswerFileSettings): XmlNode[] {
  const command = firstLogonCommand ?? (wanted === null ? null : endAutoLogonCommand)
  if (command === null) return []
  const item = [element('CommandLine', command), element('Description', 'Etabli'), element('Order', '1')]
  return [element('FirstLogonCommands', [element('SynchronousCommand', item, listItem)])]
}

/** ProtectYourPC 3 turns the express settings off; a local account in this file is what spares the Microsoft account. */
function hiddenOobe(): XmlNode {
  return element('OOBE', [
    element('HideEULAPage', 'true'),
    element('HideOEMRegistrationScreen', 'true'),
    element('HideOnlineAccountScreens', 'true'),
    element('HideWirelessSetupInOOBE', 'true'),
    element('ProtectYourPC', '3'),
  ])
}

function localAccount(account: Account & { kind: 'local' }): XmlNode {
  const { displayName, name } = account
  // Setup takes the English group name in every language of Windows.
  const content = [
    element('DisplayName', displayName === '' ? name : displayName),
    element('Group', 'Administrators'),
    element('Name', name),
    password(account.password),
  ]
  return element('LocalAccount', content, listItem)
}

function password(plain: string): XmlNode {
  return element('Password', [element('PlainText', 'false'), element('Value', obscurePassword(plain, 'Password'))])
}

function noDeviceEncryption(): XmlNode {
  return component('Microsoft-Windows-SecureStartup-FilterDriver', [element('PreventDeviceEncryption', 'true')])
}

function component(name: string, settings: XmlNode[]): XmlNode {
  return element('component', settings, { name, ...componentAttributes })
}

const listItem = { 'wcm:action': 'add' } as const
