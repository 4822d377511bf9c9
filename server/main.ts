import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import { operatorLanguage } from '../text/operator-language.ts'
import type { Sentence } from '../text/sentence.ts'
import { readConfig, type Config, type ConfigReading } from './configuration/read.ts'
import { serve } from './wiring/serve.ts'
import { createLogOutput } from './wiring/log-output.ts'
import { startFailure } from './wiring/start-failure.ts'
import { problemLines, readyLines } from './wiring/start-messages.ts'

const badConfiguration = 2

/** Reads `etabli.yaml` of the data folder and the environment. */
async function readSources(): Promise<ConfigReading> {
  const fileName = join(process.env['ETABLI_DATA_DIR'] || './data', 'etabli.yaml')
  const file = await readFile(fileName, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return readConfig({ env: process.env, file, fileName })
}

async function readVersion(): Promise<string> {
  const value: unknown = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8'))
  return typeof value === 'object' && value !== null && 'version' in value ? String(value.version) : '0'
}

/** One Ctrl-C comes several times at once: from the terminal, and passed on by npm and by what started us. */
const sameSignalMs = 1000

/** The first signal closes in order; another one, a while later, does not wait. */
async function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const
    const stop = (signal: NodeJS.Signals): void => {
      resolve(signal)
      setTimeout(() => signals.forEach((one) => process.off(one, stop)), sameSignalMs).unref()
    }
    for (const signal of signals) process.on(signal, stop)
  })
}

/** People read standard output; the log, one JSON object a line, goes to standard error. */
function openLog(level: Config['logLevel']): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    createLogOutput(2, () => new Date()),
  )
}

function say(error: unknown, language: keyof Sentence, log: Logger): number {
  const { code, sentence, foreseen } = startFailure(error)
  if (!foreseen) log.fatal({ err: error, code }, 'etabli cannot go on')
  else log.debug({ err: error, code }, 'etabli cannot go on')
  process.stderr.write(`${sentence[language]}\n`)
  return 1
}

async function main(): Promise<number> {
  // Whatever the server makes is for its owner alone, unless it says otherwise.
  process.umask(0o077)
  const language = operatorLanguage(process.env)
  const reading = await readSources().catch((error: unknown) => say(error, language, openLog('error')))
  if (typeof reading === 'number') return reading
  if (!reading.ok) {
    const title = { fr: 'La configuration n’est pas valable\u202f:', en: 'The configuration is not valid:' }[language]
    process.stderr.write([title, ...problemLines(reading.problems, language), ''].join('\n'))
    return badConfiguration
  }
  const { config, notices } = reading
  for (const line of problemLines(notices, config.language)) process.stderr.write(`${line}\n`)
  const log = openLog(config.logLevel)
  const stopped = stopSignal()
  try {
    const server = await serve(config, { log, version: await readVersion() })
    for (const line of readyLines(server, config.language)) process.stdout.write(`${line}\n`)
    log.info({ url: server.url, port: server.port, tls: server.tls, ...server.network }, 'ready')
    const reason = await Promise.race([stopped, server.lost])
    log.info(typeof reason === 'string' ? { signal: reason } : { code: 'DATABASE_IN_USE' }, 'closing')
    await server.close()
    log.info('closed')
    return typeof reason === 'string' ? 0 : say(reason, config.language, log)
  } catch (error) {
    return say(error, config.language, log)
  }
}

process.exitCode = await main()
