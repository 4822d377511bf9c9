import { readMsi, type MsiPackage } from '../msi/read-msi.ts'
import type { Program } from '../pe/read-program.ts'
import type { PositionalReader } from '../positional-reader.ts'
import { readEvidence } from './evidence.ts'
import { recogniseFamily, type InstallerFamily } from './family.ts'

/** What an installer's file is, as far as it says it without being run. */
export type ReadInstaller =
  | { readonly kind: 'msi'; readonly msi: MsiPackage }
  | { readonly kind: 'exe'; readonly program: Program; readonly installer: InstallerFamily }

/**
 * Reads an installer of the kind that its name or its first bytes promise (`images/installer-content.ts`).
 *
 * @throws MalformedCompoundFile, MalformedMsi for what is no MSI; MalformedPe for what is no program
 */
export async function readInstaller(kind: ReadInstaller['kind'], reader: PositionalReader): Promise<ReadInstaller> {
  if (kind === 'msi') return { kind, msi: await readMsi(reader) }
  const evidence = await readEvidence(reader)
  return { kind, program: evidence.program, installer: recogniseFamily(evidence) }
}
