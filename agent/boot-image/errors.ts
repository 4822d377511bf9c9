/** Sentence and fix of one error in one language; `{name}` stands for a parameter. */
export interface ErrorText {
  readonly sentence: string
  readonly fix: string
}

/** Every way building the boot environment can fail, in both languages. Codes are stable and never reused. */
export const environmentErrors = {
  ENVIRONMENT_NOT_ROOT: {
    fr: {
      sentence: 'La construction de l’environnement de démarrage demande les droits de root.',
      fix: 'Relancez la commande avec sudo, ou copiez un dossier « environment » déjà construit dans le dossier de données.',
    },
    en: {
      sentence: 'Building the boot environment needs root.',
      fix: 'Run the command again with sudo, or copy an “environment” folder that is already built into the data folder.',
    },
  },
  ENVIRONMENT_TOOLS_MISSING: {
    fr: { sentence: 'Il manque des programmes : {tools}.', fix: 'Installez-les : apt-get install {packages}' },
    en: { sentence: 'Programs are missing: {tools}.', fix: 'Install them: apt-get install {packages}' },
  },
  ENVIRONMENT_MIRROR_UNKNOWN: {
    fr: {
      sentence: 'La configuration d’apt de cette machine ne nomme aucun miroir Debian.',
      fix: 'Indiquez-en un avec --mirror ADRESSE.',
    },
    en: {
      sentence: 'The apt configuration of this machine names no Debian mirror.',
      fix: 'Name one with --mirror ADDRESS.',
    },
  },
  ENVIRONMENT_MIRROR_UNREACHABLE: {
    fr: {
      sentence: 'Les paquets Debian ne peuvent pas être téléchargés depuis {mirror} : {detail}',
      fix: 'Vérifiez la connexion et le mandataire d’apt (apt-get update doit réussir), ou indiquez un autre miroir avec --mirror.',
    },
    en: {
      sentence: 'Debian packages cannot be downloaded from {mirror}: {detail}',
      fix: 'Check the connection and apt’s proxy (apt-get update must succeed), or name another mirror with --mirror.',
    },
  },
  ENVIRONMENT_PACKAGES_FAILED: {
    fr: {
      sentence: 'Le système Debian de l’environnement n’a pas pu être assemblé : {detail}',
      fix: 'Vérifiez la place libre dans {folder} et relancez ; le journal complet est dans {log}.',
    },
    en: {
      sentence: 'The Debian system of the environment could not be assembled: {detail}',
      fix: 'Check the free space in {folder} and run again; the whole log is in {log}.',
    },
  },
  ENVIRONMENT_AGENT_BUNDLE_FAILED: {
    fr: { sentence: 'Le programme du poste n’a pas pu être assemblé : {detail}', fix: 'Corrigez {entry} et relancez.' },
    en: { sentence: 'The agent could not be bundled: {detail}', fix: 'Correct {entry} and run again.' },
  },
  ENVIRONMENT_NODE_MISSING: {
    fr: { sentence: 'Le programme Node du dépôt est introuvable : {path}.', fix: 'Lancez npm ci dans le dépôt.' },
    en: { sentence: 'The repository’s Node program is not there: {path}.', fix: 'Run npm ci in the repository.' },
  },
  ENVIRONMENT_COMMAND_FAILED: {
    fr: {
      sentence: 'La commande {command} a échoué : {detail}',
      fix: 'Vérifiez la place libre dans {folder} et relancez.',
    },
    en: { sentence: 'The command {command} failed: {detail}', fix: 'Check the free space in {folder} and run again.' },
  },
} as const satisfies Record<string, { fr: ErrorText; en: ErrorText }>

export type EnvironmentErrorCode = keyof typeof environmentErrors

/** A failure of the build with its stable code; `describeEnvironmentError` puts it in words. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
  readonly code: EnvironmentErrorCode
  readonly params: Readonly<Record<string, string>>

  constructor(code: EnvironmentErrorCode, params: Readonly<Record<string, string>> = {}, options?: ErrorOptions) {
    super(fill(environmentErrors[code].en.sentence, params), options)
    this.code = code
    this.params = params
  }
}

/** The sentence and the fix of an error in the language asked for. */
export function describeEnvironmentError(error: EnvironmentError, language: 'fr' | 'en'): ErrorText {
  const { sentence, fix } = environmentErrors[error.code][language]
  return { sentence: fill(sentence, error.params), fix: fill(fix, error.params) }
}

function fill(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => params[name] ?? placeholder)
}
