import type { Sentence } from '../../text/sentence.ts'
import { readSettingsFile } from './settings-file.ts'
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
  const file = fromFile(sources, problems)
  const raw = new Map<SettingKey, { text: string; source: string }>()
  for (const key of keys) {
    const { env } = settings[key]
    const fromEnvironment = sources.env[env]
    const written = file.get(key)
    if (fromEnvironment !== undefined && fromEnvironment !== '') raw.set(key, { text: fromEnvironment, source: env })
    else if (written !== undefined) raw.set(key, { text: written, source: `${sources.fileName}: ${key}` })
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

/** What the file sets, and its problems with the key or the line each is about. */
function fromFile({ file, fileName }: ConfigSources, problems: ConfigProblem[]): Map<string, string> {
  const { values, problems: found } = readSettingsFile(file ?? '', keys)
  for (const { key, line, message } of found)
    problems.push({ key, source: key === '' ? `${fileName}:${line}` : `${fileName}: ${key}`, message })
  if (!values.has('dataDir')) return new Map(values)
  problems.push({
    key: 'dataDir',
    source: `${fileName}: dataDir`,
    message: {
      fr: 'ce fichier est dans le dossier des données : le dossier se règle par ETABLI_DATA_DIR',
      en: 'this file lies in the data folder: the folder is set by ETABLI_DATA_DIR',
    },
  })
  return new Map([...values].filter(([key]) => key !== 'dataDir'))
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
