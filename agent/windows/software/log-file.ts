import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { secretsOf, withoutSecrets } from '../../runtime/secrets.ts'
import type { StepContext } from '../../runtime/step.ts'
import { decodeLog, encodeLog, tellingLines } from './install-log.ts'

/** The end of an installation's log, as far as it tells something; empty when there is none. */
export function readLogEnd(context: StepContext, logFile: string): string {
  const bytes = read(context, logFile)
  return bytes === null ? '' : withoutSecrets(tellingLines(decodeLog(bytes)), context).slice(-6000)
}

/** Takes the secrets out of a log: one of everything has every argument in it, and it stays on the machine. */
export function hideSecrets(context: StepContext, logFile: string): void {
  if (secretsOf(context).length === 0) return
  const bytes = read(context, logFile)
  if (bytes === null) return
  const text = decodeLog(bytes)
  const masked = withoutSecrets(text, context)
  if (masked === text) return
  try {
    writeFileSync(logFile, encodeLog(masked, bytes))
  } catch (error) {
    context.log('warning', `${logFile} still holds a secret: ${String(error)}`)
  }
}

function read(context: StepContext, logFile: string): Uint8Array | null {
  if (!existsSync(logFile)) return null
  try {
    return readFileSync(logFile)
  } catch (error) {
    // A process that was killed a moment ago may still hold it.
    context.log('warning', `${logFile} cannot be read: ${String(error)}`)
    return null
  }
}
