import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureEnvironment } from './environment.ts'
import { EnvironmentError } from './errors.ts'
import { operatorLanguage } from '../../text/operator-language.ts'

/** `node agent/boot-image/build.ts --output DIR [--cache DIR] [--mirror URI] [--agent ENTRY]`: builds the boot environment if needed. */
const { values } = parseArgs({
  options: {
    output: { type: 'string' },
    cache: { type: 'string' },
    mirror: { type: 'string' },
    agent: { type: 'string' },
  },
})
const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
process.once('SIGTERM', () => interruption.abort())

if (values.output === undefined) {
  process.stderr.write(
    'Usage: node agent/boot-image/build.ts --output DIR [--cache DIR] [--mirror URI] [--agent ENTRY]\n',
  )
  process.exit(2)
}
const started = Date.now()
try {
  const manifest = await ensureEnvironment({
    outputDir: resolve(values.output),
    signal: interruption.signal,
    ...(values.cache === undefined ? {} : { cacheDir: resolve(values.cache) }),
    ...(values.mirror === undefined ? {} : { mirror: values.mirror }),
    ...(values.agent === undefined ? {} : { agentEntry: resolve(values.agent) }),
    progress: ({ step, fraction }) => {
      const percent = fraction === undefined ? '' : ` ${Math.round(fraction * 100)} %`
      process.stdout.write(`${((Date.now() - started) / 1000).toFixed(1)} s ${step}${percent}\n`)
    },
  })
  for (const { name, sizeBytes } of manifest.files) process.stdout.write(`${name} ${(sizeBytes / 1e6).toFixed(1)} MB\n`)
} catch (error) {
  if (interruption.signal.aborted) process.exit(130)
  if (!(error instanceof EnvironmentError)) throw error
  const language = operatorLanguage(process.env)
  const { message, fix } = error.description
  process.stderr.write(`${error.code}: ${message[language]}\n${fix[language]}\n`)
  process.exit(1)
}
