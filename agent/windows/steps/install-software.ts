import { InstallSoftwareInput } from '../../../tasksequences/steps/install-software.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { PinnedSoftware } from '../../protocol/materials.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import { parseInput } from '../../runtime/step-input.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { placeShortcuts } from '../shortcuts/placement.ts'
import { runAfterwards } from '../software/afterwards.ts'
import { installResult, readInstallMemory, type InstallMemory } from '../software/install-memory.ts'
import { dropInstaller, installPackage, type Tell } from '../software/package.ts'
import { detect } from '../software/presence.ts'
import { waitForReported } from '../software/reported.ts'
import { waitUntilThere } from '../software/settling.ts'
import type { Finding } from '../software/detection.ts'

type Installation = { context: StepContext; dependencies: WindowsDependencies; stalledAfterMs: number; tell: Tell }
type Seen = { kind: 'there'; action: 'installed' | 'present'; version: string | null } | { kind: 'restart' }

/**
 * Installs packages one after another, what they need before them; one that is there already is left as it is. After an
 * installer that wants it the machine restarts, and the step goes on with the next thing of the same package.
 */
export function installSoftware(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const input = parseInput(InstallSoftwareInput, context)
    const software = context.work.materials?.software ?? []
    const named = input.packages ?? (input.package === undefined ? [] : [input.package])
    const absent = named.find((id) => !software.some((one) => one.id === id))
    if (absent !== undefined) throw new StepError(failure('SOFTWARE_UNKNOWN', { id: absent }))
    const stalledAfterMs = (input.stalledAfterMinutes ?? 20) * 60_000
    let memory = readInstallMemory(context.work.step.memory)
    for (const [index, pinned] of software.entries()) {
      if (memory.done.some(({ id }) => id === pinned.id)) continue
      const tell = teller(context, index, software.length)
      const installation = { context, dependencies, stalledAfterMs, tell }
      const restarted = memory.restartedFor === pinned.id
      const seen = await ensureThere(installation, pinned, restarted)
      if (seen.kind === 'restart') return { continueWith: { ...memory, restartedFor: pinned.id } }
      const desktop = input.shortcut === 'desktop' && named.includes(pinned.id)
      const reported = await finish(installation, pinned, desktop)
      memory = noted(memory, pinned, seen, { restarted, reported })
    }
    return { result: installResult(memory) }
  }
}

/** Looks for the package, installs it if it has to, and looks again. */
async function ensureThere(installation: Installation, pinned: PinnedSoftware, restarted: boolean): Promise<Seen> {
  const { context, dependencies, tell } = installation
  const { id, manifest } = pinned
  tell(`Recherche de ${manifest.name}`, `Looking for ${manifest.name}`, null)
  const before = await detect(context, dependencies, manifest.detect)
  if (before.there) {
    context.log(
      'info',
      `${manifest.name}: ${restarted ? 'installed' : 'already there'} (${before.version ?? 'no version'})`,
    )
    if (restarted) dropInstaller(context, dependencies, id)
    return { kind: 'there', action: restarted ? 'installed' : 'present', version: before.version }
  }
  // Its installer has done what it wanted, restart included: again it would want the same.
  if (restarted) throw notDetected(pinned, before.missing)
  let wantsRestart = false
  let after: Finding
  try {
    const end = await installPackage(context, dependencies, pinned, installation)
    wantsRestart = end.restart
    if (wantsRestart) return { kind: 'restart' }
    after = await waitUntilThere(context, dependencies, manifest, { ...installation, pid: end.pid })
  } finally {
    if (!wantsRestart) dropInstaller(context, dependencies, id)
  }
  if (!after.there) throw notDetected(pinned, after.missing)
  return { kind: 'there', action: 'installed', version: after.version }
}

/** What a manifest wants done once its software is there; gives what the software reports. */
async function finish(
  { context, dependencies, stalledAfterMs, tell }: Installation,
  { id, manifest }: PinnedSoftware,
  desktop: boolean,
): Promise<InstallMemory['reported']> {
  if (desktop && manifest.shortcut === undefined) throw new StepError(failure('SHORTCUT_NOT_SAID', { id }))
  if (desktop && manifest.shortcut !== undefined) await placeShortcuts(context, dependencies, [manifest.shortcut])
  const reported: InstallMemory['reported'] = {}
  for (const one of manifest.reports ?? []) {
    const { title, name, waitSeconds } = one
    reported[name] = await waitForReported(context, dependencies, one, () =>
      tell(`${manifest.name} : attente de « ${title.fr} »`, `${manifest.name}: waiting for "${title.en}"`, null),
    )
    if (reported[name] !== null) continue
    context.log('warning', `${manifest.name}: no "${title.en}" after ${waitSeconds} s; is there a way to the Internet?`)
  }
  // After the wait: what an assignment asks of TeamViewer's servers fails before its first contact with them.
  await runAfterwards(context, dependencies, manifest, stalledAfterMs)
  return reported
}

function noted(
  memory: InstallMemory,
  { id, manifest }: PinnedSoftware,
  { action, version }: Extract<Seen, { kind: 'there' }>,
  { restarted, reported }: { restarted: boolean; reported: InstallMemory['reported'] },
): InstallMemory {
  const { name } = manifest
  const one = { id, name, version: version ?? manifest.version ?? null, action, restarted }
  return { done: [...memory.done, one], reported: { ...memory.reported, ...reported }, restartedFor: null }
}

function notDetected({ manifest }: PinnedSoftware, missing: string): StepError {
  return new StepError(failure('SOFTWARE_NOT_DETECTED', { name: manifest.name, missing }))
}

/** Fetching is a good part of a package's time, and the only one whose length is known. */
const fetchShare = 0.4

function teller({ progress }: StepContext, index: number, count: number): Tell {
  return (fr, en, fraction) => {
    const within = fraction === null ? fetchShare : fraction * fetchShare
    progress({ fraction: (index + within) / count, doing: { fr, en } })
  }
}
