import { stat } from 'node:fs/promises'
import { win32 } from 'node:path'
import type { Watch } from '../../runtime/exec.ts'

/** The image is applied to the partition that Windows itself will call C. */
const windowsFolder = 'C:\\Windows'

/**
 * What Windows writes to while it works on itself, although the program that asked for it is silent: component servicing,
 * DISM, device installation, the database and download folder of Windows Update, and Delivery Optimization. One that holds still while all of
 * these do, hangs.
 */
const lifeSigns = [
  'Logs\\CBS\\CBS.log',
  'Logs\\DISM\\dism.log',
  'INF\\setupapi.dev.log',
  'SoftwareDistribution\\ReportingEvents.log',
  'SoftwareDistribution\\DataStore\\DataStore.edb',
  'SoftwareDistribution\\DataStore\\Logs\\edb.log',
  'SoftwareDistribution\\Download',
  // Delivery Optimization fetches what Windows Update downloads, into a cache of its own.
  'ServiceProfiles\\NetworkService\\AppData\\Local\\Microsoft\\Windows\\DeliveryOptimization\\Cache',
  'ServiceProfiles\\NetworkService\\AppData\\Local\\Microsoft\\Windows\\DeliveryOptimization\\Logs',
  'SoftwareDistribution\\DeliveryOptimization',
]

const everyMs = 30_000

/** Ends a program that has shown no progress, and let Windows show none, for `stalledAfterMs`. */
export function servicingWatch(stalledAfterMs: number, folder = windowsFolder): Watch {
  const signOf = async (name: string): Promise<string> => {
    try {
      const { size, mtimeMs } = await stat(win32.join(folder, name))
      return `${size}@${mtimeMs}`
    } catch (error) {
      // Not there yet, or held shut: the others speak.
      if (error instanceof Error && 'code' in error) return String(error.code)
      throw error
    }
  }
  return { everyMs, stalledAfterMs, sign: async () => (await Promise.all(lifeSigns.map(signOf))).join(' ') }
}
