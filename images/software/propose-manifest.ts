import type { ReadInstaller } from '../installers/read-installer.ts'
import type { SoftwareManifest } from './manifest.ts'
import { proposeForMsi } from './propose-msi.ts'
import { proposeForProgram } from './propose-program.ts'
import type { ManifestProposal } from './proposal.ts'

/**
 * What a package's manifest may look like, from what its installer's file says of itself, with the reason for every part
 * of it: a person looks at it and may change it. It is always one that `parse-manifest.ts` takes. Pure.
 *
 * @param file - the installer's path in the package's folder, one that `isMaterialPath` takes
 */
export function proposeManifest(installer: ReadInstaller, file: string): ManifestProposal {
  return installer.kind === 'msi' ? proposeForMsi(installer.msi, file) : proposeForProgram(installer, file)
}

const longestId = 64

/** An id for a package, by its name: small plain letters, digits and hyphens (`softwareId`); `package` when nothing is left. */
export function proposeId({ name }: Pick<SoftwareManifest, 'name'>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  const id = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestId)
    .replace(/^-+|-+$/g, '')
  return id === '' ? 'package' : id
}
