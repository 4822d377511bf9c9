import { RunPowershellInput } from '../../../tasksequences/steps/run-powershell.ts'
import type { Step } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runWorkshopCommand } from '../system/workshop-command.ts'
import { parseInput } from '../../runtime/step-input.ts'

/** A workshop's own script, by Windows PowerShell. */
export function runPowershell(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const { script, expect = 0 } = parseInput(RunPowershellInput, context)
    return {
      result: { code: await runWorkshopCommand(context, dependencies, { shell: 'powershell', text: script, expect }) },
    }
  }
}
