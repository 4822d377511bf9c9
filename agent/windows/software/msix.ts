import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { SoftwareManifest } from '../../../images/software/manifest.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import provisionMsix from '../scripts/provision-msix.ps1'
import { servicingWatch } from '../system/servicing-watch.ts'
import { codeText } from './exit-code.ts'

const Provisioned = Type.Object({
  ok: Type.Boolean(),
  restart: Type.Boolean(),
  code: Type.Integer(),
  words: Type.String(),
})

/** Files that are packages themselves; one beside the package is what it depends on. */
export const isPackageFile = (path: string): boolean => /\.(appx|msix)(bundle)?$/i.test(path)

export type MsixRun = {
  manifest: SoftwareManifest
  file: string
  dependencyPackages: readonly string[]
  stalledAfterMs: number
}

/** Provisions a package for every user; true when it wants a restart. Throws StepError SOFTWARE_INSTALL_FAILED. */
export async function provision(
  context: StepContext,
  dependencies: WindowsDependencies,
  run: MsixRun,
): Promise<boolean> {
  const { manifest, file, dependencyPackages, stalledAfterMs } = run
  const script = { name: 'provision-msix', text: provisionMsix }
  const answer = await runScript(context, dependencies, script, {
    input: { file, dependencies: dependencyPackages },
    options: { watch: servicingWatch(stalledAfterMs) },
  })
  if (!Value.Check(Provisioned, answer)) throw new StepError(failure('SCRIPT_FAILED', { script: script.name }))
  if (answer.ok) return answer.restart
  const params = { name: manifest.name, code: codeText(answer.code) }
  throw new StepError(failure('SOFTWARE_INSTALL_FAILED', params, { detail: answer.words.slice(0, 4000) }))
}
