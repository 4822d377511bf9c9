import { versionText } from '../pe/version-resource.ts'
import { burnBundleId } from './burn-section.ts'
import type { InstallerEvidence } from './evidence.ts'
import { innoVersion } from './inno-table.ts'
import { beginsWith, holds, markers } from './markers.ts'

/** Which tool an installer was made with: that decides how it is told to ask nothing. */
export type InstallerFamily =
  | { readonly family: 'nsis' }
  /** Null: a version of Inno Setup that the file does not tell. */
  | { readonly family: 'inno'; readonly version: string | null }
  /** WiX' bundles; the id is the name of the bundle's key below Uninstall. */
  | { readonly family: 'burn'; readonly bundleId: string }
  | { readonly family: 'installshield' }
  | { readonly family: 'advanced-installer' }
  /** Some other program with an MSI in it, as it is. */
  | { readonly family: 'msi-inside' }
  /** 7-Zip's self-extractors: one starts a program that it brings, the other unpacks and nothing else. */
  | { readonly family: '7-zip'; readonly does: 'start-a-program' | 'unpack' }
  | { readonly family: 'squirrel' }
  /** The installer of Chromium and its kin. */
  | { readonly family: 'chromium' }
  /** Google Update's, and Microsoft Edge Update's, which is made of it. */
  | { readonly family: 'omaha' }
  | { readonly family: 'winrar' }
  /** Windows' own IExpress. */
  | { readonly family: 'iexpress' }
  | { readonly family: 'unknown' }

/** NSIS looks for its header at every 512th byte (Ui.c, `_NSISGetHeader`). */
const nsisStep = 512

/**
 * Whose installer a program is, by what its maker's tool leaves in every one: a signature at its place, not words that
 * could stand anywhere. What carries none of them is `unknown`; it may be an installer all the same. Pure.
 */
export function recogniseFamily(evidence: InstallerEvidence): InstallerFamily {
  const { overlayHead, overlayTail, resourceHeads, program } = evidence
  const bundleId = burnBundleId(evidence.burnSection)
  if (bundleId !== null) return { family: 'burn', bundleId }
  if (isFilledInnoTable(evidence)) return { family: 'inno', version: innoVersion(evidence.innoData) }
  if (isNsis(overlayHead)) return { family: 'nsis' }
  // Its footer names an MSI behind the program, so that it has to be asked before that.
  if (holds(overlayTail, markers.advancedInstaller)) return { family: 'advanced-installer' }
  if (isInstallShield(evidence)) return { family: 'installshield' }
  if (hasResource(evidence, 'DATA', 131, markers.zip)) return { family: 'squirrel' }
  if (
    resourceHeads.some(({ type, name }) => /^B[7LDN]$/.test(`${type}`) && /^(CHROME|SETUP|.*PACKED)/i.test(`${name}`))
  )
    return { family: 'chromium' }
  if (resourceHeads.some(({ type, name }) => type === 'B' && name === 102)) return { family: 'omaha' }
  if (holds(overlayHead, markers.sevenZipConfiguration)) return { family: '7-zip', does: 'start-a-program' }
  if (beginsWith(overlayHead, markers.sevenZip)) {
    // Of modules that 7-Zip brings, only this one starts what it has unpacked (7zS.sfx, "SFX modules" of its help).
    const starts = /^7zSD?\.sfx/i.test(versionText(program.version, 'OriginalFilename'))
    return { family: '7-zip', does: starts ? 'start-a-program' : 'unpack' }
  }
  if (beginsWith(overlayHead, markers.rar)) return { family: 'winrar' }
  if (resourceHeads.some(({ name }) => name === 'CABINET') && resourceHeads.some(({ name }) => name === 'RUNPROGRAM'))
    return { family: 'iexpress' }
  if (
    beginsWith(overlayHead, markers.compoundFile) ||
    resourceHeads.some(({ head }) => beginsWith(head, markers.compoundFile))
  )
    return { family: 'msi-inside' }
  return { family: 'unknown' }
}

/** The table is in the loader before a compiler fills it in: an uninstaller and the compiler's own parts have it empty. */
function isFilledInnoTable({ innoTable, innoData }: InstallerEvidence): boolean {
  return beginsWith(innoTable, markers.inno) && innoData.length > 0
}

function isNsis(overlayHead: Uint8Array): boolean {
  for (let at = 0; at + 4 + markers.nsis.length <= overlayHead.length; at += nsisStep)
    // Flags (4) come first.
    if (beginsWith(overlayHead.subarray(at + 4), markers.nsis)) return true
  return false
}

function isInstallShield({ overlayHead, program }: InstallerEvidence): boolean {
  if (beginsWith(overlayHead, markers.installShield) || beginsWith(overlayHead, markers.installShieldStream))
    return true
  return program.version.texts.some(
    ({ values }) => values.has('ISInternalVersion') || values.has('ISInternalDescription'),
  )
}

function hasResource({ resourceHeads }: InstallerEvidence, type: string, name: number, marker: Uint8Array): boolean {
  return resourceHeads.some((one) => one.type === type && one.name === name && beginsWith(one.head, marker))
}
