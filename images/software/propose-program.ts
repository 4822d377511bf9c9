import type { ReadInstaller } from '../installers/read-installer.ts'
import type { InstallerFamily } from '../installers/family.ts'
import { silenceOf, type Silence } from '../installers/silence.ts'
import { versionText } from '../pe/version-resource.ts'
import type { Program } from '../pe/read-program.ts'
import { fileText, plainText, sourceOf, uninstallKeysOf, type ManifestProposal, type Reason } from './proposal.ts'

type ReadProgram = Extract<ReadInstaller, { kind: 'exe' }>

/** A manifest for an installer that is a program: by its version information, and by what its family does. Pure. */
export function proposeForProgram({ program, installer }: ReadProgram, file: string): ManifestProposal {
  const said = plainText(versionText(program.version, 'ProductName'), 128)
  const name = said || plainText(file.replace(/\.exe$/i, ''), 128) || 'setup'
  const version = versionOf(program)
  const silence = silenceOf(installer)
  const args = silence.known ? argumentsOf(silence, program) : []
  const detection = detectionOf(installer, name)
  return {
    manifest: {
      name,
      ...(version === null ? {} : { version }),
      source: sourceOf(plainText(file, 256), plainText(versionText(program.version, 'CompanyName'), 128)),
      installer: { kind: 'exe', file: fileText(file), ...(args.length === 0 ? {} : { arguments: args }) },
      ...(silence.known ? { success: [...silence.success], restart: [...silence.restart] } : {}),
      detect: { registry: { keys: detection.keys } },
    },
    reasons: [
      nameReason(said !== ''),
      ...(version === null ? [] : [versionReason]),
      installerReason(silence, args),
      ...(silence.known ? [codesReason(silence.title)] : []),
      detection.reason,
    ],
  }
}

/** Installers that do not ask for an administrator's rights by their manifest may install for one user. */
function argumentsOf(silence: Extract<Silence, { known: true }>, program: Program): string[] {
  const forAll = program.executionLevel === 'requireAdministrator' ? [] : silence.machineWide
  return [...silence.arguments, ...forAll]
}

/** Texts first: the fixed part is often that of the tool, or all zeros. */
function versionOf({ version }: Program): string | null {
  const texts = ['ProductVersion', 'FileVersion'].map((key) => plainText(versionText(version, key), 64))
  const fixed = [version.productVersion, version.fileVersion].filter((one) => one !== null && one !== '0.0.0.0')
  return [...texts, ...fixed].find((text) => text !== null && /^\d+(\.\d+)+/.test(text)) ?? null
}

function nameReason(said: boolean): Reason {
  return said
    ? {
        key: 'name',
        certainty: 'read',
        because: { fr: 'ProductName du programme.', en: 'The program’s ProductName.' },
      }
    : {
        key: 'name',
        certainty: 'guessed',
        because: {
          fr: 'Le programme ne dit pas son nom : celui du fichier.',
          en: 'The program does not say its name: the file’s.',
        },
      }
}

const versionReason: Reason = {
  key: 'version',
  certainty: 'read',
  because: { fr: 'Version que le programme dit de lui-même.', en: 'The version that the program says of itself.' },
}

function installerReason(silence: Silence, args: readonly string[]): Reason {
  const [fr, en] = [silence.toKnow.map((one) => one.fr).join(' '), silence.toKnow.map((one) => one.en).join(' ')]
  if (!silence.known) {
    const title = silence.title === null ? { fr: '', en: '' } : { fr: `${silence.title}. `, en: `${silence.title}. ` }
    return {
      key: 'installer',
      certainty: 'guessed',
      because: {
        fr: `${title.fr}Les arguments silencieux ne sont pas connus. ${fr}`.trim(),
        en: `${title.en}The silent arguments are not known. ${en}`.trim(),
      },
    }
  }
  const forAll = args.length > silence.arguments.length ? args.slice(silence.arguments.length).join(' ') : null
  return {
    key: 'installer',
    certainty: 'usual',
    because: {
      fr: `${silence.title} : ${silence.source}.${forAll === null ? '' : ` ${forAll} : pour tous les comptes.`} ${fr}`.trim(),
      en: `${silence.title}: ${silence.source}.${forAll === null ? '' : ` ${forAll}: for every account.`} ${en}`.trim(),
    },
  }
}

function codesReason(title: string): Reason {
  return {
    key: 'success',
    certainty: 'usual',
    because: { fr: `Codes habituels de ${title}.`, en: `The usual codes of ${title}.` },
  }
}

/** What the family writes below Uninstall, or the name that most installers write there. */
function detectionOf(installer: InstallerFamily, name: string): { keys: string[]; reason: Reason } {
  if (installer.family === 'burn')
    return {
      // The engine is a program of 32 bits in all but the newest bundles, and its key lies where those write.
      keys: uninstallKeysOf(installer.bundleId).toReversed(),
      reason: {
        key: 'detect',
        certainty: 'read',
        because: {
          fr: 'Windows inscrit l’ensemble sous l’identifiant qui est dans le fichier ; il change avec la version.',
          en: 'Windows lists the bundle by the id in the file; it changes with the version.',
        },
      },
    }
  const keyName = name.replaceAll('\\', ' ')
  return {
    keys: uninstallKeysOf(installer.family === 'inno' ? `${keyName}_is1` : keyName),
    reason: {
      key: 'detect',
      certainty: 'guessed',
      because: {
        fr: 'À vérifier : la clé porte le plus souvent le nom du logiciel, mais le fichier ne la dit pas. Relevez-la sur un poste après une première installation.',
        en: 'To check: the key mostly has the software’s name, but the file does not say it. Read it on a machine after a first installation.',
      },
    },
  }
}
