import type { Authority } from './signers.ts'

/** What decides which of an image's boot managers a PC starts. */
export type BootManagerRequest = {
  /** Whether the firmware checks signatures at all. */
  secureBoot: boolean
  /** `db` holds Microsoft Windows Production PCA 2011; `db` holds Windows UEFI CA 2023; `dbx` holds the former. */
  trusts2011: boolean
  trusts2023: boolean
  revokes2011: boolean
  /** Who signed `Boot\EFI\bootmgfw.efi` and `Boot\EFI_EX\bootmgfw_EX.efi`; null where the image has no such file. */
  available: { standard: Signers | null; ex: Signers | null }
}

/** Empty for an unsigned file; null in it for a signer that no PC is delivered to trust. */
type Signers = readonly (Authority | null)[]

export type BootManagerChoice =
  | { use: 'standard' | 'ex'; reason: UseReason }
  | { stop: 'BOOT_FILES_MISSING' | 'BOOT_MANAGER_TOO_OLD' | 'BOOT_MANAGER_UNTRUSTED'; reason: StopReason }

export type UseReason =
  /** The firmware trusts it. */
  | 'trusted'
  /** The firmware does not trust the 2011 authority, or has revoked it, and trusts the 2023 one. */
  | 'only-2023-trusted'
  | '2011-revoked'
  /** Nobody checks today, and neither file is better for the day somebody does. */
  | 'not-checked'
  /** Signed by neither Windows authority: whether it starts is between it and the firmware. */
  | 'foreign-signer'

export type StopReason = 'no-boot-manager' | 'image-has-2011-only' | 'firmware-trusts-none-of-them'

/**
 * Chooses between the image's two boot managers: the plain one (PCA 2011, since Windows 8), and the one in `EFI_EX`
 * (Windows UEFI CA 2023, in images from 2024 on). A firmware that does not know the 2023 authority refuses the latter
 * ("Security Policy Violation"), so that it is taken only when the former would be refused.
 */
export function chooseBootManager(request: BootManagerRequest): BootManagerChoice {
  const { standard, ex } = request.available
  if (standard === null && ex === null) return { stop: 'BOOT_FILES_MISSING', reason: 'no-boot-manager' }
  if (isTrusted(standard, request)) return { use: 'standard', reason: 'trusted' }
  if (isTrusted(ex, request)) return { use: 'ex', reason: whyNot2011(request) }
  if (!request.secureBoot) return { use: standard === null ? 'ex' : 'standard', reason: 'not-checked' }
  if (standard !== null && !standard.some(isWindows)) return { use: 'standard', reason: 'foreign-signer' }
  // A newer image brings a file of the 2023 authority: that helps where the firmware knows it, and nowhere else.
  return request.trusts2023 && standard !== null
    ? { stop: 'BOOT_MANAGER_TOO_OLD', reason: 'image-has-2011-only' }
    : { stop: 'BOOT_MANAGER_UNTRUSTED', reason: 'firmware-trusts-none-of-them' }
}

function isTrusted(signers: Signers | null, request: BootManagerRequest): boolean {
  const trusts2011 = request.trusts2011 && !request.revokes2011
  return (signers ?? []).some(
    (signer) => (signer === 'windows-2011' && trusts2011) || (signer === 'windows-2023' && request.trusts2023),
  )
}

function whyNot2011({ trusts2011, revokes2011 }: BootManagerRequest): UseReason {
  if (revokes2011) return '2011-revoked'
  return trusts2011 ? 'trusted' : 'only-2023-trusted'
}

function isWindows(signer: Authority | null): boolean {
  return signer === 'windows-2011' || signer === 'windows-2023'
}
