import type { SoftwareManifest } from '../../../images/software/manifest.ts'
import { fillText } from '../../../tasksequences/interpolation.ts'
import { secretsIn } from '../../../tasksequences/secret-references.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { reveal, secretsOf, withoutSecrets } from '../../runtime/secrets.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { windowsPath } from '../system/windows-path.ts'
import { endOfOutput } from '../../runtime/command-result.ts'
import { setupArgument } from './command-line.ts'
import { installerWatch } from './effort.ts'

type Afterwards = NonNullable<SoftwareManifest['afterwards']>[number]

/**
 * Arguments with the run's variables (and `more`) and the secrets in the place of their names, in this order: what a
 * secret holds is not looked into. Throws StepError SECRET_MISSING.
 */
export function fillArguments(
  context: StepContext,
  texts: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): string[] {
  const variables = { ...context.work.variables, ...more }
  return texts.map((text) => reveal(String(fillText(text, variables)), context))
}

/** Names of the secrets a program needs and this run was not given. Pure. */
export function missingSecrets({ work }: Pick<StepContext, 'work'>, { arguments: texts = [] }: Afterwards): string[] {
  return texts.flatMap(secretsIn).filter((name) => work.secrets?.[name] === undefined)
}

/**
 * Runs what a manifest wants done once its software is there: as TeamViewer's assignment to the shop's account. One whose
 * secret is not set is left out, and the log says so. Throws StepError SOFTWARE_AFTERWARDS_FAILED, SOFTWARE_STALLED.
 */
export async function runAfterwards(
  context: StepContext,
  dependencies: WindowsDependencies,
  { name, afterwards = [] }: SoftwareManifest,
  stalledAfterMs: number,
): Promise<void> {
  for (const one of afterwards) {
    const missing = missingSecrets(context, one)
    if (missing.length > 0) {
      context.log('warning', `${name}: left out "${one.title.en}", the secret ${missing.join(', ')} is not set`)
      continue
    }
    context.progress({
      fraction: null,
      doing: { fr: `${name} : ${one.title.fr}`, en: `${name}: ${one.title.en}` },
    })
    await run(context, dependencies, name, one, stalledAfterMs)
  }
}

async function run(
  context: StepContext,
  dependencies: WindowsDependencies,
  name: string,
  { title, program, arguments: texts, success = [0] }: Afterwards,
  stalledAfterMs: number,
): Promise<void> {
  const end = await context.exec(windowsPath(program), fillArguments(context, texts).map(setupArgument), {
    verbatim: true,
    secrets: secretsOf(context),
    watch: installerWatch(context, dependencies, { logFile: null, stalledAfterMs }),
  })
  if (end.kind === 'exited' && success.some((code) => code >>> 0 === end.code >>> 0)) return
  const code = end.kind === 'exited' ? end.code : end.kind === 'missing' ? `${program} ?` : end.signal
  const detail = end.kind === 'missing' ? windowsPath(program) : withoutSecrets(endOfOutput(end), context)
  throw new StepError(failure('SOFTWARE_AFTERWARDS_FAILED', { name, title, code }, { detail }))
}
