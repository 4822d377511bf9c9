import { Value } from 'typebox/value'
import { RunCommandInput } from '../../../tasksequences/steps/run-command.ts'
import type { ExecResult } from '../../exec.ts'
import { failure } from '../../failures.ts'
import { StepError, type Step } from '../../step.ts'
import { commandScript } from '../command-script.ts'
import type { WindowsDoors } from '../doors.ts'

/** A workshop's own command, by `cmd` or, when no shell is said, by Windows PowerShell. */
export function runCommand(doors: WindowsDoors): Step {
  return async (context) => {
    const { input, type } = context.work.step
    if (!Value.Check(RunCommandInput, input) || input.shell === 'sh' || input.shell === 'bash') {
      throw new StepError(failure('INPUT_INVALID', { step: type }, { detail: JSON.stringify(input) }))
    }
    const { shell = 'powershell', expect = 0 } = input
    const text = input.command ?? input.script ?? ''
    const script = commandScript(shell, text)
    const code = await doors.withFile(script.extension, script.bytes, async (file) => {
      const { command, args } = script.run(file)
      const end = await context.exec(command, args)
      if (end.kind === 'missing') throw new StepError(failure('PROGRAM_MISSING', { program: command }))
      const expected = typeof expect === 'number' ? [expect] : expect
      if (end.kind === 'exited' && expected.some((one) => one >>> 0 === end.code >>> 0)) return end.code
      const title = (text.trim().split('\n')[0] ?? '').slice(0, 200)
      const said = end.kind === 'exited' ? end.code : end.signal
      throw new StepError(failure('COMMAND_FAILED', { command: title, code: said }, { detail: lastWords(end) }))
    })
    return { result: { code } }
  }
}

function lastWords(end: Exclude<ExecResult, { kind: 'missing' }>): string {
  const how = end.kind === 'exited' ? `exit code ${end.code}` : `ended by ${end.signal}`
  return `${how}\n${end.stdout.slice(-2000)}\n${end.stderr.slice(-4000)}`.trim()
}
