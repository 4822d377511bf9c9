import { RunCommandInput } from '../../../tasksequences/steps/run-command.ts'
import { expectedCode } from '../../runtime/command-result.ts'
import { reveal, secretsOf } from '../../runtime/secrets.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import type { StepDependencies } from '../dependencies.ts'
import { withMounted } from '../disk/mounts.ts'
import { locateVolume } from '../disk/volumes.ts'
import { parseInput } from './input.ts'

/** A workshop's own command, which may refer to secrets, by a shell of the environment; with `mount`, the volumes are `$WINDOWS` and `$ESP`. */
export function runCommand(dependencies: StepDependencies): Step {
  return async (context) => {
    const input = parseInput(RunCommandInput, context)
    if (input.mount !== true) return { result: await run(context, input, {}) }
    const volumes = [
      { volume: await locateVolume(context, dependencies, 'windows'), readOnly: false },
      { volume: await locateVolume(context, dependencies, 'esp'), readOnly: false },
    ]
    return withMounted(context, dependencies, volumes, async ([windows = '', esp = '']) => ({
      result: await run(context, input, { WINDOWS: windows, ESP: esp, ETABLI_WINDOWS: windows, ETABLI_ESP: esp }),
    }))
  }
}

async function run(
  context: StepContext,
  { command, script, shell = 'sh', expect = 0 }: RunCommandInput,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number }> {
  const text = command ?? script ?? ''
  const end = await context.exec(shell, ['-c', reveal(text, context)], { env, secrets: secretsOf(context) })
  if (end.kind === 'missing') throw new StepError(failure('PROGRAM_MISSING', { program: shell }))
  return { code: expectedCode(context, end, { text, expect }) }
}
