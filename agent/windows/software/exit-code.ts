import type { SoftwareManifest } from '../../../images/software/manifest.ts'

/** `busy`: Windows Installer does one installation at a time, and is at another one. */
export type ExitMeaning = 'installed' | 'restart' | 'busy' | 'failed'

/** ERROR_SUCCESS_REBOOT_REQUIRED and ERROR_SUCCESS_REBOOT_INITIATED (winerror.h). */
const restartCodes: readonly number[] = [3010, 1641]
/** ERROR_INSTALL_ALREADY_RUNNING, and as an HRESULT, as bundles of the WiX toolset give it. */
const busyCodes: readonly number[] = [1618, 0x80070652]

/** What an installer's exit code means for a package; signed or not is the same code. Pure. */
export function meaningOf(
  code: number,
  { success, restart }: Pick<SoftwareManifest, 'success' | 'restart'>,
): ExitMeaning {
  const isOneOf = (codes: readonly number[]): boolean => codes.some((one) => one >>> 0 === code >>> 0)
  if (isOneOf(success ?? [0])) return 'installed'
  if (isOneOf(restart ?? restartCodes)) return 'restart'
  return isOneOf(busyCodes) ? 'busy' : 'failed'
}

/** As people search for it: HRESULTs in hexadecimal, all others in decimal. */
export function codeText(code: number): string {
  const unsigned = code >>> 0
  return unsigned >= 0x8000_0000 ? `0x${unsigned.toString(16).toUpperCase()}` : String(code)
}
