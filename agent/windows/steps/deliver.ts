import { DeliverInput } from '../../../tasksequences/steps/deliver.ts'
import type { Step } from '../../runtime/step.ts'
import { parseInput } from '../../runtime/step-input.ts'
import { openAfterRun } from '../lifetime/retirement-file.ts'
import type { WindowsDoors } from '../dependencies.ts'
import { openSealingScripts } from '../sealing/questions.ts'

/**
 * The machine leaves the shop: the agent goes once the server has the run's last word. A machine that keeps its account
 * was on the shelf with device encryption held off; from here on it is Windows' own affair.
 */
export function deliver(doors: WindowsDoors): Step {
  return async (context) => {
    parseInput(DeliverInput, context)
    const { runId } = context.work
    const afterRun = openAfterRun(doors.folder)
    const before = afterRun.read()
    if (before?.kind === 'leaving' && before.runId === runId) return { result: {} }
    await openSealingScripts(context, doors).traces({ leavesShop: true })
    afterRun.write({ kind: 'leaving', runId, since: context.clock.now().toISOString(), result: {} })
    return { result: {} }
  }
}
