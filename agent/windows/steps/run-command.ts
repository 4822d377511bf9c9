import { RunCommandInput } from '../../../tasksequences/steps/run-command.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { parseInput } from '../../runtime/step-input.ts'
import { StepError, type Step } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runWorkshopCommand } from '../system/workshop-command.ts'

/** A workshop's own command, by `cmd` or, when no shell is named, by Windows PowerShell. */
export function runCommand(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const { command, script, shell = 'powershell', expect = 0 } = parseInput(RunCommandInput, context)
    if (shell === 'sh' || shell === 'bash') {
      throw new StepError(failure('INPUT_INVALID', { step: context.work.step.type }, { detail: `no ${shell} here` }))
    }
    const text = command ?? script ?? ''
    return { result: { code: await runWorkshopCommand(context, dependencies, { shell, text, expect }) } }
  }
}
