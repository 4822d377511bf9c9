import { CodedError, type CodeOf, type Messages, type ParamsOf } from '../../text/messages.ts'

/** Every way building the boot environment can fail. Codes are stable and never reused. */
export const environmentErrors = {
  ENVIRONMENT_NOT_ROOT: {
    message: () => ({
      fr: 'La construction de l’environnement de démarrage demande les droits de root.',
      en: 'Building the boot environment needs root.',
    }),
    fix: () => ({
      fr: 'Relancez la commande avec sudo, ou copiez un dossier « environment » déjà construit dans le dossier de données.',
      en: 'Run the command again with sudo, or copy an “environment” folder that is already built into the data folder.',
    }),
  },
  ENVIRONMENT_TOOLS_MISSING: {
    message: ({ tools }: { tools: string }) => ({
      fr: `Il manque des programmes : ${tools}.`,
      en: `Programs are missing: ${tools}.`,
    }),
    fix: ({ packages }: { packages: string }) => ({
      fr: `Installez-les par « apt-get install ${packages} ».`,
      en: `Install them with “apt-get install ${packages}”.`,
    }),
  },
  ENVIRONMENT_MIRROR_UNKNOWN: {
    message: () => ({
      fr: 'La configuration d’apt de cet ordinateur ne nomme aucun miroir Debian.',
      en: 'The apt configuration of this computer names no Debian mirror.',
    }),
    fix: () => ({ fr: 'Indiquez-en un avec --mirror ADRESSE.', en: 'Name one with --mirror ADDRESS.' }),
  },
  ENVIRONMENT_MIRROR_UNREACHABLE: {
    message: ({ mirror, detail }: { mirror: string; detail: string }) => ({
      fr: `Les paquets Debian ne peuvent pas être téléchargés depuis ${mirror} : ${detail}`,
      en: `Debian packages cannot be downloaded from ${mirror}: ${detail}`,
    }),
    fix: () => ({
      fr: 'Vérifiez la connexion et le mandataire d’apt (apt-get update doit réussir), ou indiquez un autre miroir avec --mirror.',
      en: 'Check the connection and apt’s proxy (apt-get update must succeed), or name another mirror with --mirror.',
    }),
  },
  ENVIRONMENT_PACKAGES_FAILED: {
    message: ({ detail }: { detail: string }) => ({
      fr: `Le système Debian de l’environnement n’a pas pu être assemblé : ${detail}`,
      en: `The Debian system of the environment could not be assembled: ${detail}`,
    }),
    fix: ({ folder, log }: { folder: string; log: string }) => ({
      fr: `Vérifiez la place libre dans ${folder} et relancez ; le journal complet est dans ${log}.`,
      en: `Check the free space in ${folder} and run again; the whole log is in ${log}.`,
    }),
  },
  ENVIRONMENT_AGENT_BUNDLE_FAILED: {
    message: ({ detail }: { detail: string }) => ({
      fr: `Le programme du poste n’a pas pu être assemblé : ${detail}`,
      en: `The agent could not be bundled: ${detail}`,
    }),
    fix: ({ entry }: { entry: string }) => ({
      fr: `Corrigez ${entry} et relancez.`,
      en: `Correct ${entry} and run again.`,
    }),
  },
  ENVIRONMENT_NODE_MISSING: {
    message: ({ path }: { path: string }) => ({
      fr: `Le programme Node du dépôt est introuvable : ${path}.`,
      en: `The repository’s Node program is not there: ${path}.`,
    }),
    fix: () => ({ fr: 'Lancez npm ci dans le dépôt.', en: 'Run npm ci in the repository.' }),
  },
  ENVIRONMENT_COMMAND_FAILED: {
    message: ({ command, detail }: { command: string; detail: string }) => ({
      fr: `La commande ${command} a échoué : ${detail}`,
      en: `The command ${command} failed: ${detail}`,
    }),
    fix: ({ folder }: { folder: string }) => ({
      fr: `Vérifiez la place libre dans ${folder} et relancez.`,
      en: `Check the free space in ${folder} and run again.`,
    }),
  },
} satisfies Messages

export type EnvironmentErrorCode = CodeOf<typeof environmentErrors>

/** A failure of the build of the boot environment. */
export class EnvironmentError<Code extends EnvironmentErrorCode = EnvironmentErrorCode> extends CodedError {
  constructor(code: Code, params: ParamsOf<typeof environmentErrors, Code>, options?: ErrorOptions) {
    super(environmentErrors, code, params, options)
    this.name = 'EnvironmentError'
  }
}
