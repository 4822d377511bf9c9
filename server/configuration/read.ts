import { parseDocument } from 'yaml'
import type { Sentence } from '../../text/sentence.ts'
import { settings, type SettingKey, type Values } from './settings.ts'

/** Everything an operator decides, checked. Absent values mean "work it out at start". */
export type Config = Values

/** One thing wrong with the configuration: which key, where it was read, and the sentence. */
export type ConfigProblem = { key: string; source: string; message: Sentence }
export type ConfigReading =
  { ok: true; config: Config; notices: ConfigProblem[] } | { ok: false; problems: ConfigProblem[] }

export type ConfigSources = { env: Readonly<Record<string, string | undefined>>; file: string | null; fileName: string }

const keys = Object.keys(settings).filter((key): key is SettingKey => key in settings)

/**
 * Reads the configuration from its two sources; an environment variable wins over `etabli.yaml`.
 *
 * @param sources the environment, the text of `etabli.yaml` (null when there is none) and its name for messages.
 * @returns the checked settings, or every problem at once, in words. Never throws.
 */
export function readConfig(sources: ConfigSources): ConfigReading {
  const problems: ConfigProblem[] = []
  const file = readSettingsFile(sources, problems)
  const raw = new Map<SettingKey, { text: string; source: string }>()
  for (const key of keys) {
    const { env } = settings[key]
    const fromEnvironment = sources.env[env]
    const fromFile = file.get(key)
    if (fromEnvironment !== undefined && fromEnvironment !== '') raw.set(key, { text: fromEnvironment, source: env })
    else if (fromFile !== undefined) raw.set(key, { text: fromFile, source: `${sources.fileName}: ${key}` })
  }
  const values = parseValues(raw, problems)
  problems.push(...contradictions(values))
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, config: values, notices: unknownVariables(sources.env) }
}

function parseValues(raw: Map<SettingKey, { text: string; source: string }>, problems: ConfigProblem[]): Config {
  const parsed: Partial<Record<SettingKey, unknown>> = {}
  for (const key of keys) {
    const setting = settings[key]
    const given = raw.get(key)
    if (!given) {
      parsed[key] = setting.default
      continue
    }
    const result = setting.parse(given.text.trim())
    if (result.ok) parsed[key] = result.value
    else {
      problems.push({ key, source: given.source, message: result.message })
      parsed[key] = setting.default
    }
  }
  // The border: each value was made by the parser of its own key, or is that key's default.
  return parsed as Config
}

/** `dhcp: { mode: full }` and `dhcp.mode: full` name the same setting. */
function readSettingsFile({ file, fileName }: ConfigSources, problems: ConfigProblem[]): Map<string, string> {
  const found = new Map<string, string>()
  if (file === null || file.trim() === '') return found
  const document = parseDocument(file)
  for (const error of document.errors) {
    const line = error.linePos?.[0].line ?? 1
    problems.push({
      key: '',
      source: `${fileName}:${line}`,
      message: {
        fr: `YAML illisible : ${firstLine(error.message)}`,
        en: `not valid YAML: ${firstLine(error.message)}`,
      },
    })
  }
  if (document.errors.length > 0) return found
  collect(document.toJS({ maxAliasCount: 10 }), '', found, (key, message) =>
    problems.push({ key, source: `${fileName}: ${key}`, message }),
  )
  return found
}

function collect(
  value: unknown,
  prefix: string,
  found: Map<string, string>,
  complain: (key: string, message: Sentence) => void,
): void {
  if (value === null || value === undefined) return
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) collect(inner, prefix ? `${prefix}.${key}` : key, found, complain)
    return
  }
  if (!(prefix in settings)) {
    complain(prefix, {
      fr: `réglage inconnu ; les réglages sont : ${keys.join(', ')}`,
      en: `unknown setting; the settings are: ${keys.join(', ')}`,
    })
    return
  }
  if (prefix === 'dataDir') {
    complain(prefix, {
      fr: 'ce fichier est dans le dossier des données : le dossier se règle par ETABLI_DATA_DIR',
      en: 'this file lies in the data folder: the folder is set by ETABLI_DATA_DIR',
    })
    return
  }
  found.set(prefix, Array.isArray(value) ? value.map(String).join(',') : String(value))
}

/** What each value allows and the others forbid. */
function contradictions(config: Config): ConfigProblem[] {
  const found: ConfigProblem[] = []
  const complain = (key: SettingKey, fr: string, en: string): number =>
    found.push({ key, source: settings[key].env, message: { fr, en } })
  const mode = config['dhcp.mode']
  if (mode === 'proxy') {
    complain(
      'dhcp.mode',
      'le mode proxy n’est pas encore disponible ; « pxe-lease » fait le même travail à côté d’un autre serveur DHCP',
      'proxy mode is not available yet; "pxe-lease" does the same work beside another DHCP server',
    )
  } else if (mode !== 'off') {
    if (config.interface === null) {
      complain(
        'interface',
        `le mode ${mode} a besoin de l’interface réseau sur laquelle répondre, par exemple enp3s0`,
        `mode ${mode} needs the network interface to answer on, for example enp3s0`,
      )
    }
    if (config['dhcp.range'] === null) {
      complain(
        'dhcp.range',
        `le mode ${mode} a besoin d’une plage d’adresses libres, par exemple 10.0.0.50-10.0.0.90`,
        `mode ${mode} needs a range of free addresses, for example 10.0.0.50-10.0.0.90`,
      )
    }
  }
  return found
}

/** A misspelt variable would silently do nothing: name it. */
function unknownVariables(env: ConfigSources['env']): ConfigProblem[] {
  const known = new Set<string>(keys.map((key) => settings[key].env))
  return Object.keys(env)
    .filter((name) => name.startsWith('ETABLI_') && !known.has(name))
    .map((name) => ({
      key: name,
      source: name,
      message: { fr: 'variable inconnue, sans effet', en: 'unknown variable, without effect' },
    }))
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}
