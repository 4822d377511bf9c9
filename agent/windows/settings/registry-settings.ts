import type { SetWindowsInput } from '../../../tasksequences/steps/set-windows.ts'
import type { RegistryEntry } from '../system/registry-access.ts'

/** Shown beside the machine's name in Windows' networks. */
export function descriptionEntry(text: string): RegistryEntry {
  const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters'
  return { key, name: 'srvcomment', type: 'REG_SZ', data: text }
}

/** What Windows shows under "Support" in Settings, System, About. */
export function oemEntries(oem: NonNullable<SetWindowsInput['oem']>): RegistryEntry[] {
  const names = {
    manufacturer: 'Manufacturer',
    model: 'Model',
    supportPhone: 'SupportPhone',
    supportHours: 'SupportHours',
    supportUrl: 'SupportURL',
  } as const
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\OEMInformation'
  return Object.entries(names).flatMap(([field, name]): RegistryEntry[] => {
    const data = oem[field as keyof typeof names]
    return data === undefined ? [] : [{ key, name, type: 'REG_SZ', data }]
  })
}

/** A number of a user's own hive, below `HKCU\Software\Microsoft\Windows\CurrentVersion`. */
type UserNumber = [key: string, name: string, data: number]

const explorer: readonly UserNumber[] = [
  // Names with their endings: `facture.pdf.exe` shows itself.
  ['Explorer\\Advanced', 'HideFileExt', 0],
  // "This PC", not the home page.
  ['Explorer\\Advanced', 'LaunchTo', 1],
  // Advertising for OneDrive in the explorer.
  ['Explorer\\Advanced', 'ShowSyncProviderNotifications', 0],
  // Apps that Windows installs by itself, and suggestions in Start and Settings.
  ['ContentDeliveryManager', 'SilentInstalledAppsEnabled', 0],
  ['ContentDeliveryManager', 'PreInstalledAppsEnabled', 0],
  ['ContentDeliveryManager', 'OemPreInstalledAppsEnabled', 0],
  ['ContentDeliveryManager', 'SystemPaneSuggestionsEnabled', 0],
  ['ContentDeliveryManager', 'SoftLandingEnabled', 0],
  ['ContentDeliveryManager', 'SubscribedContent-310093Enabled', 0],
  ['ContentDeliveryManager', 'SubscribedContent-338388Enabled', 0],
  ['ContentDeliveryManager', 'SubscribedContent-338389Enabled', 0],
  ['ContentDeliveryManager', 'SubscribedContent-338393Enabled', 0],
  ['ContentDeliveryManager', 'SubscribedContent-353694Enabled', 0],
  ['ContentDeliveryManager', 'SubscribedContent-353696Enabled', 0],
  // "Let's finish setting up your PC".
  ['UserProfileEngagement', 'ScoobeSystemSettingEnabled', 0],
]

const taskBar: readonly UserNumber[] = [
  // An icon in the place of the search box.
  ['Search', 'SearchboxTaskbarMode', 1],
  ['Explorer\\Advanced', 'ShowTaskViewButton', 0],
  ['Explorer\\Advanced', 'ShowCopilotButton', 0],
  // Chat, until Windows 11 23H2.
  ['Explorer\\Advanced', 'TaskbarMn', 0],
]

/** For every user to come, in the hive that is loaded at `hive`. */
export function explorerEntries(hive: string): RegistryEntry[] {
  return inHive(hive, explorer)
}

/** For every user to come, in the hive that is loaded at `hive`. */
export function taskBarEntries(hive: string): RegistryEntry[] {
  return inHive(hive, taskBar)
}

function inHive(hive: string, numbers: readonly UserNumber[]): RegistryEntry[] {
  const root = `${hive}\\Software\\Microsoft\\Windows\\CurrentVersion`
  return numbers.map(([key, name, data]) => ({ key: `${root}\\${key}`, name, type: 'REG_DWORD', data }))
}

/**
 * For all users at once, by policy: the user's own switch for widgets is guarded against every program but Settings
 * (UCPD.sys), and the feed of Windows 10 has a checksum beside its switch.
 */
export const taskBarPolicies: readonly RegistryEntry[] = [
  ['Microsoft\\Dsh', 'AllowNewsAndInterests', 0] as const,
  ['Microsoft\\Windows\\Windows Feeds', 'EnableFeeds', 0] as const,
  // 3: not there.
  ['Microsoft\\Windows\\Windows Chat', 'ChatIcon', 3] as const,
].map(([key, name, data]) => ({ key: `HKLM\\SOFTWARE\\Policies\\${key}`, name, type: 'REG_DWORD', data }))
