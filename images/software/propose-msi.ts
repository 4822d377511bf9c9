import type { MsiPackage } from '../msi/read-msi.ts'
import { fileText, plainText, sourceOf, uninstallKeysOf, type ManifestProposal, type Reason } from './proposal.ts'

const guid = /^\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}$/
const dotted = /^\d+(\.\d+)+$/

/** A manifest for a Windows Installer package: everything stands in its Property table. Pure. */
export function proposeForMsi(msi: MsiPackage, file: string): ManifestProposal {
  const name = plainText(msi.productName, 128) || plainText(file, 128)
  const version = plainText(msi.productVersion, 64)
  const forAll = msi.scope !== 'machine'
  const detection = detectionOf(msi, name, version)
  return {
    manifest: {
      name,
      ...(version === '' ? {} : { version }),
      source: sourceOf(plainText(file, 256), plainText(msi.manufacturer, 128)),
      installer: { kind: 'msi', file: fileText(file), ...(forAll ? { arguments: ['ALLUSERS=1'] } : {}) },
      detect: { registry: detection.registry },
    },
    reasons: [
      {
        key: 'name',
        certainty: 'read',
        because: { fr: 'ProductName du MSI.', en: 'The MSI’s ProductName.' },
      },
      ...(version === ''
        ? []
        : [
            {
              key: 'version',
              certainty: 'read',
              because: { fr: 'ProductVersion du MSI.', en: 'The MSI’s ProductVersion.' },
            } as const,
          ]),
      installerReason(forAll),
      detection.reason,
    ],
  }
}

function installerReason(forAll: boolean): Reason {
  const silent = {
    fr: 'Établi ajoute /qn et /norestart à tout MSI.',
    en: 'Établi adds /qn and /norestart to every MSI.',
  }
  if (!forAll) return { key: 'installer', certainty: 'read', because: silent }
  return {
    key: 'installer',
    certainty: 'usual',
    because: {
      fr: `${silent.fr} ALLUSERS=1 : sans lui, ce MSI s’installerait pour le seul compte système.`,
      en: `${silent.en} ALLUSERS=1: without it this MSI would be installed for the system’s account only.`,
    },
  }
}

type Registry = NonNullable<ManifestProposal['manifest']['detect']['registry']>

/** Windows Installer lists a product below Uninstall by its product code. */
function detectionOf(msi: MsiPackage, name: string, version: string): { registry: Registry; reason: Reason } {
  if (!guid.test(msi.productCode))
    return {
      registry: { keys: uninstallKeysOf(keyName(name)) },
      reason: {
        key: 'detect',
        certainty: 'guessed',
        because: {
          fr: 'Le MSI n’a pas de ProductCode : vérifiez la clé sur un poste après une première installation.',
          en: 'The MSI has no ProductCode: check the key on a machine after a first installation.',
        },
      },
    }
  const keys = uninstallKeysOf(msi.productCode)
  const atLeast = dotted.test(version) ? { value: 'DisplayVersion', atLeast: version } : {}
  return {
    registry: { keys: msi.architecture === 'x86' ? keys.toReversed() : keys, ...atLeast },
    reason: {
      key: 'detect',
      certainty: 'read',
      because: {
        fr: 'Windows inscrit le produit sous son ProductCode, qui change d’ordinaire avec la version : un logiciel qui se met à jour seul ne serait plus reconnu, détectez-le alors par son fichier.',
        en: 'Windows lists the product by its ProductCode, which usually changes with the version: software that updates itself would not be found again, detect that by its file.',
      },
    },
  }
}

/** A key's name cannot hold a backslash. */
function keyName(name: string): string {
  return name.replaceAll('\\', ' ')
}
