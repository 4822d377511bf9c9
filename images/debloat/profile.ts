import { Type, type Static } from 'typebox'
import { SentenceText } from '../software/manifest.ts'

const exact = { additionalProperties: false }

/** `onedrive` is a kind of its own: no Appx, but a set-up program that Windows runs for each new user. */
export const DebloatKind = Type.Union([
  Type.Literal('appx'),
  Type.Literal('capability'),
  Type.Literal('feature'),
  Type.Literal('onedrive'),
])
export type DebloatKind = Static<typeof DebloatKind>

/** What the one item of the kind `onedrive` is called. */
export const oneDriveName = 'OneDrive'

/** One thing to take away, and why a customer has no use for it. */
export const DebloatItem = Type.Object(
  {
    kind: DebloatKind,
    /** `Microsoft.BingNews`, `App.Support.QuickAssist`, `Recall`: an Appx name, or a capability's name before the `~`; `OneDrive`. */
    name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{1,127}$' }),
    title: Type.Optional(SentenceText),
    why: SentenceText,
  },
  exact,
)
export type DebloatItem = Static<typeof DebloatItem>

/** A debloat profile as its YAML file says it. */
export const DebloatProfile = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 128 }),
    description: Type.Optional(SentenceText),
    items: Type.Array(DebloatItem, { minItems: 1, maxItems: 500 }),
  },
  exact,
)
export type DebloatProfile = Static<typeof DebloatProfile>

/**
 * What no profile may take: Windows needs it, or other apps do (facts: the Store installs them again or breaks).
 * Matched by the beginning of an Appx name, whatever its case.
 */
const protectedApps: readonly string[] = [
  'Microsoft.WindowsStore',
  'Microsoft.StorePurchaseApp',
  'Microsoft.DesktopAppInstaller',
  'Microsoft.VCLibs',
  'Microsoft.UI.Xaml',
  'Microsoft.NET.Native',
  'Microsoft.WindowsAppRuntime',
  'Microsoft.SecHealthUI',
  'Microsoft.Windows.ShellExperienceHost',
  'Microsoft.Windows.StartMenuExperienceHost',
  'MicrosoftWindows.Client.',
  'Microsoft.AAD.BrokerPlugin',
  'Microsoft.AccountsControl',
  'Microsoft.LockApp',
  'windows.immersivecontrolpanel',
]

/** Widgets: a part of Windows by its name alone, which Microsoft lets be removed. */
const removable: ReadonlySet<string> = new Set(['microsoftwindows.client.webexperience'])

/** Whether an app has to stay, whatever a profile says. */
export function isProtected(name: string): boolean {
  const lower = name.toLowerCase()
  return !removable.has(lower) && protectedApps.some((one) => lower.startsWith(one.toLowerCase()))
}
