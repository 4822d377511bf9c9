import { troubleOf } from './hresults.ts'

/** What one call of DISM or of the Windows Update Standalone Installer came to. */
export type PackageVerdict =
  'installed' | 'restart' | 'present' | 'not-applicable' | 'restart-first' | 'disk-full' | 'failed'

/**
 * DISM ends with an error number of Windows or an HRESULT of component servicing; wusa.exe with those of wuerror.h, where
 * 0x00240005 to 0x00240007 are successes ("WUA Success and Error Codes").
 */
const verdicts: ReadonlyMap<number, PackageVerdict> = new Map([
  [0, 'installed'],
  // ERROR_SUCCESS_REBOOT_REQUIRED, ERROR_SUCCESS_REBOOT_INITIATED, WU_S_REBOOT_REQUIRED
  [3010, 'restart'],
  [1641, 'restart'],
  [0x00240005, 'restart'],
  // WU_S_ALREADY_INSTALLED
  [0x00240006, 'present'],
  // WU_S_ALREADY_UNINSTALLED: what wusa says of a package that is not for this Windows, beside WU_E_NOT_APPLICABLE.
  [0x00240007, 'not-applicable'],
  // ERROR_DISK_FULL
  [112, 'disk-full'],
])

/** What an exit code of either program means. Pure. */
export function packageVerdict(code: number): PackageVerdict {
  const known = verdicts.get(code >>> 0)
  if (known !== undefined) return known
  const trouble = troubleOf(code)
  return trouble === 'not-applicable' || trouble === 'restart-first' || trouble === 'disk-full' ? trouble : 'failed'
}

/**
 * Whether wusa.exe gets a package that DISM did not take: before Windows 11, DISM services a running Windows with CAB
 * files only and refuses an MSU (Microsoft, "DISM operating system package servicing options"). Pure.
 */
export function goesToWusa(file: string, verdict: PackageVerdict): boolean {
  return verdict === 'failed' && /\.msu$/i.test(file)
}

/** The KB number a package is known by, from its id or its file's name, `windows11.0-kb5043080-x64_….msu`. Pure. */
export function kbOf(id: string, file: string): string | null {
  const number = /kb(\d{6,8})/i.exec(id)?.[1] ?? /kb(\d{6,8})/i.exec(file)?.[1]
  return number === undefined ? null : `KB${number}`
}
