import { RunPowershellInput } from '../../../tasksequences/steps/run-powershell.ts'
import type { Step } from '../../step.ts'
import type { WindowsDoors } from '../doors.ts'
import { runWorkshopCommand } from '../workshop-command.ts'
import { parseInput } from '../../step-input.ts'

/** A workshop's own script, by Windows PowerShell. */
export function runPowershell(doors: WindowsDoors): Step {
  return async (context) => {
    const { script, expect = 0 } = parseInput(RunPowershellInput, context)
    return { result: { code: await runWorkshopCommand(context, doors, { shell: 'powershell', text: script, expect }) } }
  }
}
