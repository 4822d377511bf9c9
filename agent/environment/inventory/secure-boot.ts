import type { Inventory } from '../../protocol/inventory.ts'
import { decodeSignatures, holdsCertificate } from './efi-signatures.ts'
import type { SourceFiles } from './source-files.ts'

type SecureBoot = Inventory['secureBoot']

const globalVariables = '8be4df61-93ca-11d2-aa0d-00e098032b8c'
const securityDatabases = 'd719b2cb-3d3a-4596-a3bc-dad00e67656f'
const folder = 'sys/firmware/efi/efivars'
/** efivarfs puts the variable's attributes before its data. */
const attributeBytes = 4

/** The variables' data, without attributes; null for one that is not there. */
export type SecureBootVariables = Record<'secureBoot' | 'setupMode' | 'db' | 'dbx', Uint8Array | null>

/** What the variables mean (UEFI 2.10 §32.3, Microsoft's certificates of 2011 and 2023). */
export function judgeSecureBoot({ secureBoot, setupMode, db, dbx }: SecureBootVariables): SecureBoot {
  const trusted = decodeSignatures(db ?? new Uint8Array())
  const revoked = decodeSignatures(dbx ?? new Uint8Array())
  return {
    state: stateOf(secureBoot?.[0], setupMode?.[0]),
    trusts2011: holdsCertificate(trusted, 'Microsoft Windows Production PCA 2011'),
    trusts2023: holdsCertificate(trusted, 'Windows UEFI CA 2023'),
    revokes2011: holdsCertificate(revoked, 'Microsoft Windows Production PCA 2011'),
  }
}

function stateOf(secureBoot: number | undefined, setupMode: number | undefined): SecureBoot['state'] {
  if (secureBoot === 1) return 'on'
  if (setupMode === 1) return 'setup'
  return secureBoot === undefined ? 'unsupported' : 'off'
}

export async function readSecureBoot(files: SourceFiles): Promise<SecureBoot> {
  const variable = async (name: string, vendor: string): Promise<Uint8Array | null> =>
    (await files.bytes(`${folder}/${name}-${vendor}`))?.subarray(attributeBytes) ?? null
  const [secureBoot, setupMode, db, dbx] = await Promise.all([
    variable('SecureBoot', globalVariables),
    variable('SetupMode', globalVariables),
    variable('db', securityDatabases),
    variable('dbx', securityDatabases),
  ])
  return judgeSecureBoot({ secureBoot, setupMode, db, dbx })
}
