import { deliver as definition } from '../../../tasksequences/steps/deliver.ts'
import type { Step } from '../../runtime/step.ts'
import { parseInput } from '../../runtime/step-input.ts'
import { openRetirementFile } from '../lifetime/retirement-file.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { openSealingScripts } from '../sealing/questions.ts'

/**
 * The machine leaves the shop: the agent retires once the server has the run's final report. A machine that keeps its account
 * was kept in stock with device encryption held off; from here on it is Windows' own affair.
 */
export function deliver(dependencies: WindowsDependencies): Step {
  return async (context) => {
    parseInput(definition.input, context)
    const { runId } = context.work
    const retirement = openRetirementFile(dependencies.folder)
    const before = retirement.read()
    if (before?.kind === 'retiring' && before.runId === runId) return { result: {} }
    await openSealingScripts(context, dependencies).traces({ leavesShop: true })
    retirement.write({ kind: 'retiring', runId, since: context.clock.now().toISOString(), result: {} })
    return { result: {} }
  }
}
