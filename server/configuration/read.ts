import type { Sentence } from '../../text/sentence.ts'
import type { Mistake } from '../../text/yaml/problem.ts'
import { suggest } from '../../text/suggestion.ts'
import { settingMistake } from './errors.ts'
import { readSettingsFile } from './settings-file.ts'
import { settings, type SettingKey, type Values } from './settings.ts'
import type { Endpoint } from './values.ts'

/** Everything an operator decides, checked. Absent values mean "work it out at start". */
export type Config = Values

/** One thing wrong with the configuration: which key, where it was read, and the sentence. */
export type ConfigProblem = { key: string; source: string; code: string; message: Sentence }
export type ConfigReading =
  { ok: true; config: Config; notices: ConfigProblem[] } | { ok: false; problems: ConfigProblem[] }

export type ConfigSources = { env: Readonly<Record<string, string | undefined>>; file: string | null; fileName: string }

const keys = Object.keys(settings).filter((key): key is SettingKey => key in settings)

/**
 * Reads the configuration from its two sources; an environment variable wins over `etabli.yaml`.
 *
 * @param sources the environment, the text of `etabli.yaml` (null when there is none) and its name for messages.
 * @returns the checked settings, or every problem at once, as sentences. Never throws.
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
      const { code, message } = result.mistake
      problems.push({ key, source: given.source, code, message })
      parsed[key] = setting.default
    }
  }
  // The border: each value was made by the parser of its own key, or is that key's default.
  return parsed as Config
}

/** What the file sets, and its problems with the key or the line each is about. */
function fromFile({ file, fileName }: ConfigSources, problems: ConfigProblem[]): Map<string, string> {
  const { values, problems: found } = readSettingsFile(file ?? '', keys)
  for (const { key, line, code, message } of found)
    problems.push({ key, source: key === '' ? `${fileName}:${line}` : `${fileName}: ${key}`, code, message })
  if (!values.has('dataDir')) return new Map(values)
  const { code, message } = settingMistake('SETTING_DATA_DIR_IN_FILE')
  problems.push({ key: 'dataDir', source: `${fileName}: dataDir`, code, message })
  return new Map([...values].filter(([key]) => key !== 'dataDir'))
}

/** What each value allows and the others forbid. */
function contradictions(config: Config): ConfigProblem[] {
  const found: ConfigProblem[] = []
  const complain = (key: SettingKey, { code, message }: Mistake): number =>
    found.push({ key, source: settings[key].env, code, message })
  const mode = config['dhcp.mode']
  if (mode === 'proxy') complain('dhcp.mode', settingMistake('SETTING_PROXY_NOT_YET'))
  else if (mode !== 'off') {
    if (config.interface === null) complain('interface', settingMistake('SETTING_INTERFACE_MISSING', { mode }))
    if (config['dhcp.range'] === null) complain('dhcp.range', settingMistake('SETTING_RANGE_MISSING', { mode }))
  }
  if (config['dashboard.onBench'] === 'no' && config.interface === null)
    complain('interface', settingMistake('SETTING_BENCH_UNKNOWN'))
  const pair = ['tls.certificate', 'tls.key'] as const
  const [missing, ...others] = pair.filter((key) => config[key] === null)
  if (missing !== undefined && others.length === 0)
    complain(missing, settingMistake('SETTING_TLS_PAIR', { missing: settings[missing].env }))
  return found
}

/** A misspelt variable would silently do nothing: name it. */
function unknownVariables(env: ConfigSources['env']): ConfigProblem[] {
  const known = new Set<string>(keys.map((key) => settings[key].env))
  return Object.keys(env)
    .filter((name) => name.startsWith('ETABLI_') && !known.has(name))
    .map((name) => {
      const { code, message } = settingMistake('SETTING_VARIABLE_UNKNOWN', {
        name,
        suggestion: suggest(name, [...known]),
      })
      return { key: name, source: name, code, message }
    })
}

const tlsPort = 8443

/** Where TLS is spoken: beside plain HTTP, on any free port when that has one (port 0). */
export function tlsEndpoint({ listen, 'tls.listen': own }: Pick<Config, 'listen' | 'tls.listen'>): Endpoint {
  return own ?? { host: listen.host, port: listen.port === 0 ? 0 : tlsPort }
}
