import type { Pass } from '../../images/unattend/component-attributes.ts'

/** What a setting's text may be. Lengths count UTF-16 units, as Windows does. */
export type SettingValue =
  | { readonly kind: 'text'; readonly longest: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly of: readonly string[] }

/** One setting we may write: the path of element names below its component, and the passes it works in. */
export type ComponentSetting = {
  readonly component: string
  readonly path: string
  readonly passes: readonly Pass[]
  readonly value: SettingValue
}

/** Elements of a list: each carries `wcm:action="add"`. */
export const listItems: ReadonlySet<string> = new Set([
  'RunSynchronous/RunSynchronousCommand',
  'FirstLogonCommands/SynchronousCommand',
  'UserAccounts/LocalAccounts/LocalAccount',
])

const boolean: SettingValue = { kind: 'boolean' }
const text = (longest: number): SettingValue => ({ kind: 'text', longest })
const number = (least: number, most: number): SettingValue => ({ kind: 'number', least, most })
const choice = (...of: string[]): SettingValue => ({ kind: 'choice', of })

function rows(component: string, passes: Pass[], settings: Readonly<Record<string, SettingValue>>): ComponentSetting[] {
  return Object.entries(settings).map(([path, value]) => ({ component, path, passes, value }))
}

const deployment = 'Microsoft-Windows-Deployment'
const shell = 'Microsoft-Windows-Shell-Setup'
const runSynchronous = 'RunSynchronous/RunSynchronousCommand'
const localAccount = 'UserAccounts/LocalAccounts/LocalAccount'

/**
 * Every setting an answer file of ours may hold. Windows stops in the middle of its setup at one it does not know or
 * finds in the wrong pass ("could not parse or process the unattend answer file"), so nothing else is ever written.
 * Source: Microsoft's "Unattended Windows Setup Reference", by component.
 */
export const componentSettings: readonly ComponentSetting[] = [
  ...rows(deployment, ['specialize'], {
    [`${runSynchronous}/Order`]: number(1, 500),
    [`${runSynchronous}/Path`]: text(259),
    [`${runSynchronous}/Description`]: text(256),
    [`${runSynchronous}/WillReboot`]: choice('Never', 'OnRequest', 'Always'),
  }),
  ...rows(deployment, ['oobeSystem'], { 'Reseal/Mode': choice('Audit'), 'Reseal/ForceShutdownNow': choice('false') }),
  ...rows('Microsoft-Windows-SecureStartup-FilterDriver', ['specialize', 'oobeSystem'], {
    PreventDeviceEncryption: boolean,
  }),
  // Self-encrypting disks; this component knows no other of our passes.
  ...rows('Microsoft-Windows-EnhancedStorage-Adm', ['specialize'], { TCGSecurityActivationDisabled: number(0, 1) }),
  ...rows('Microsoft-Windows-International-Core', ['oobeSystem'], {
    InputLocale: text(256),
    SystemLocale: text(85),
    UILanguage: text(85),
    UILanguageFallback: text(85),
    UserLocale: text(85),
  }),
  ...rows(shell, ['specialize'], {
    ComputerName: text(15),
    ProductKey: text(29),
    CopyProfile: boolean,
    'OEMInformation/Manufacturer': text(256),
    'OEMInformation/Model': text(256),
    'OEMInformation/SupportHours': text(256),
    'OEMInformation/SupportPhone': text(256),
    'OEMInformation/SupportURL': text(256),
  }),
  ...rows(shell, ['specialize', 'oobeSystem'], { TimeZone: text(256) }),
  ...rows(shell, ['oobeSystem'], {
    'OOBE/HideEULAPage': boolean,
    'OOBE/HideOEMRegistrationScreen': boolean,
    'OOBE/HideOnlineAccountScreens': boolean,
    'OOBE/HideWirelessSetupInOOBE': boolean,
    'OOBE/ProtectYourPC': number(1, 3),
    [`${localAccount}/Name`]: text(20),
    [`${localAccount}/DisplayName`]: text(256),
    [`${localAccount}/Group`]: choice('Administrators', 'Users'),
    [`${localAccount}/Password/Value`]: text(1024),
    [`${localAccount}/Password/PlainText`]: choice('false'),
    'AutoLogon/Enabled': boolean,
    'AutoLogon/Username': text(256),
    'AutoLogon/LogonCount': number(1, 9999),
    'AutoLogon/Password/Value': text(1024),
    'AutoLogon/Password/PlainText': choice('false'),
    'FirstLogonCommands/SynchronousCommand/Order': number(1, 500),
    'FirstLogonCommands/SynchronousCommand/CommandLine': text(1024),
    'FirstLogonCommands/SynchronousCommand/Description': text(256),
  }),
]
