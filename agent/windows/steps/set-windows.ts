import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { SetWindowsInput } from '../../../tasksequences/steps/set-windows.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { parseInput } from '../../runtime/step-input.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import renameComputer from '../scripts/rename-computer.ps1'
import { settingsOf } from '../settings/apply.ts'
import { nameChange, readNames, wantedName } from '../settings/computer-name.ts'
import { failedNames, reportOf, SettingReport } from '../settings/setting.ts'

/** What was set before the restart that a new name takes. */
const SettingsMemory = Type.Object({ settings: Type.Array(SettingReport) })

/**
 * The shop's own settings of Windows, each reported: one that fails stops no other, and all that failed are named at the
 * end. The machine restarts for a new name only.
 */
export function setWindows(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const input = parseInput(SetWindowsInput, context)
    const { memory } = context.work.step
    const renamed = Value.Check(SettingsMemory, memory)
    const name = input.computerName === undefined ? null : nameOrFail(input.computerName, context)
    const settings = renamed ? [...memory.settings] : await setAll(context, dependencies, input)
    const change = name === null ? 'none' : nameChange(name, await readNames(context, dependencies))
    if (change !== 'none' && renamed) settings.push(reportOf('computerName', ['Windows has kept its old name']))
    if (settings.some(({ outcome }) => outcome === 'failed')) throw failed(settings)
    if (name === null) return { result: { settings } }
    if (change === 'none') {
      return { result: { settings: [...settings, reportOf('computerName', [])], computerName: name } }
    }
    if (change === 'rename') {
      const script = { name: 'rename-computer', text: renameComputer }
      await runScript(context, dependencies, script, { input: { name } })
    }
    return { continueWith: { settings } }
  }
}

async function setAll(
  context: StepContext,
  dependencies: WindowsDependencies,
  input: SetWindowsInput,
): Promise<SettingReport[]> {
  const reports: SettingReport[] = []
  for (const { setting, apply } of settingsOf(context, dependencies, input))
    reports.push(reportOf(setting, await apply()))
  return reports
}

function nameOrFail(rule: string, context: StepContext): string {
  const name = wantedName(rule, context)
  if (name === null) throw new StepError(failure('COMPUTER_NAME_UNUSABLE', { rule }))
  return name
}

function failed(settings: readonly SettingReport[]): StepError {
  const detail = settings.flatMap(({ setting, words }) => (words === undefined ? [] : [`${setting}: ${words}`]))
  const params = { settings: failedNames(settings) }
  return new StepError(failure('SETTINGS_FAILED', params, { detail: detail.join('\n').slice(0, 8000) }))
}
