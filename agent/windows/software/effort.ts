import { statSync } from 'node:fs'
import { Value } from 'typebox/value'
import type { Watch } from '../../runtime/exec.ts'
import type { StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import installerEffort from '../scripts/installer-effort.ps1'
import { Effort, lookEveryMs, signOf } from './sign-of-life.ts'

/** What an installer, or Windows Installer alone, has done so far, as a sign; a Windows too busy to say gives none. */
export async function readSign(
  context: StepContext,
  dependencies: WindowsDependencies,
  pid: number | null,
): Promise<string> {
  const script = { name: 'installer-effort', text: installerEffort }
  try {
    const effort = await runScript(context, dependencies, script, { input: { pid }, options: { quiet: true } })
    return Value.Check(Effort, effort) ? signOf(effort) : 'not measured'
  } catch (error) {
    context.signal.throwIfAborted()
    // The log's size still speaks, and a machine on which no script runs any more hangs indeed.
    return `not measured: ${error instanceof Error ? error.message.slice(0, 80) : String(error)}`
  }
}

/**
 * Ends an installer that does nothing for `stalledAfterMs`: its log does not grow, and neither it nor what it started
 * works. The log is looked at first, since asking for the rest starts a PowerShell.
 */
export function installerWatch(
  context: StepContext,
  dependencies: WindowsDependencies,
  { logFile, stalledAfterMs }: { logFile: string | null; stalledAfterMs: number },
): Watch {
  let known = -1
  return {
    everyMs: lookEveryMs(stalledAfterMs),
    stalledAfterMs,
    sign: async (pid) => {
      const size = logFile === null ? 0 : (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0)
      const grown = size > known && logFile !== null
      known = size
      return grown ? `${size}` : `${size} ${await readSign(context, dependencies, pid ?? null)}`
    },
  }
}
