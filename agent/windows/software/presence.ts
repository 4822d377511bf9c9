import { existsSync } from 'node:fs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Detection } from '../../../images/software/manifest.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import type { RegistryKey } from '../system/registry.ts'
import { readRegistry } from '../system/registry-access.ts'
import findAppx from '../scripts/find-appx.ps1'
import { expandVariables, windowsPath } from '../system/windows-path.ts'
import { allThere, judgeRegistry, registryQuestions, sightOf, type Finding } from './detection.ts'

const AppxAnswer = Type.Object({ there: Type.Boolean(), version: Type.Union([Type.String(), Type.Null()]) })

/** Looks whether a package is there, by its manifest's rule. Throws StepError when Windows cannot be asked. */
export async function detect(
  context: StepContext,
  dependencies: WindowsDependencies,
  detection: Detection,
): Promise<Finding> {
  const read = await readRegistry(context, dependencies, registryQuestions(detection))
  return detectIn(context, dependencies, detection, read)
}

/** The same, of a registry that was read for several rules at once. Throws as `detect` does. */
export async function detectIn(
  context: StepContext,
  dependencies: WindowsDependencies,
  { registry, file, appx }: Detection,
  read: readonly RegistryKey[],
): Promise<Finding> {
  const findings: Finding[] = []
  if (registry !== undefined) findings.push(judgeRegistry(registry, sightOf(read, registry)))
  if (file !== undefined) findings.push(lookForFile(file))
  if (appx !== undefined) findings.push(await lookForAppx(context, dependencies, appx))
  return allThere(findings)
}

function lookForFile(path: string): Finding {
  return existsSync(windowsPath(path))
    ? { there: true, version: null }
    : { there: false, missing: expandVariables(path) }
}

async function lookForAppx(context: StepContext, dependencies: WindowsDependencies, name: string): Promise<Finding> {
  const script = { name: 'find-appx', text: findAppx }
  const answer = await runScript(context, dependencies, script, { input: { name }, options: { quiet: true } })
  if (!Value.Check(AppxAnswer, answer)) throw new StepError(failure('SCRIPT_FAILED', { script: script.name }))
  return answer.there ? { there: true, version: answer.version } : { there: false, missing: name }
}
