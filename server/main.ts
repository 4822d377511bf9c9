import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { destination, pino } from 'pino'
import { operatorLanguage } from '../text/operator-language.ts'
import { readConfig, type ConfigReading } from './configuration/read.ts'
import { serve } from './wiring/serve.ts'
import { problemLines, readyLines, startFailure } from './wiring/start-messages.ts'

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

async function main(): Promise<number> {
  const reading = await readSources()
  const language = operatorLanguage(process.env)
  if (!reading.ok) {
    const title = { fr: 'La configuration n’est pas valable\u202f:', en: 'The configuration is not valid:' }[language]
    process.stderr.write([title, ...problemLines(reading.problems, language), ''].join('\n'))
    return badConfiguration
  }
  const { config, notices } = reading
  for (const line of problemLines(notices, config.language)) process.stderr.write(`${line}\n`)
  // People read standard output; the log, one JSON object a line, goes to standard error.
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination(2))
  const stopped = stopSignal()
  try {
    const server = await serve(config, { log, version: await readVersion() })
    for (const line of readyLines(server, config.language)) process.stdout.write(`${line}\n`)
    log.info({ url: server.url, ...server.network }, 'ready')
    log.info({ signal: await stopped }, 'closing')
    await server.close()
    log.info('closed')
    return 0
  } catch (error) {
    const sentence = startFailure(error, config.language)
    if (sentence === null) log.fatal({ err: error }, 'etabli cannot go on')
    else process.stderr.write(`${sentence}\n`)
    return 1
  }
}

process.exitCode = await main()
