import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { RemoveAppsInput } from '../../../tasksequences/steps/remove-apps.ts'
import type { DebloatItem } from '../../../images/debloat/profile.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { parseInput } from '../../runtime/step-input.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import { isHopeless, itemKinds, planOf, RemovedItem, type ItemNews } from '../apps/removal.ts'
import { removeKind } from '../apps/remove-kind.ts'
import { removeOneDrive } from '../apps/remove-onedrive.ts'
import type { WindowsDependencies } from '../dependencies.ts'

const RemovalMemory = Type.Object({ items: Type.Array(RemovedItem) })

/**
 * Takes away what a debloat profile names, item by item: one that fails stops no other. The machine restarts once, when
 * Windows wants it for a feature.
 */
export function removeApps(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const { profile: id } = parseInput(RemoveAppsInput, context)
    const { memory } = context.work.step
    if (Value.Check(RemovalMemory, memory)) return { result: present(id, memory.items, true) }
    const pinned = context.work.materials?.profiles.find((one) => one.id === id)
    if (pinned === undefined) throw new StepError(failure('PROFILE_UNKNOWN', { profile: id }))
    const { wanted, kept } = planOf(pinned.profile)
    for (const { name } of kept) context.log('warning', `${name} stays: Windows needs it`)
    const items = [...kept]
    let restart = false
    const tell = teller(context, wanted)
    for (const kind of itemKinds) {
      const ofKind = wanted.filter((one) => one.kind === kind)
      if (ofKind.length === 0) continue
      if (kind === 'onedrive') {
        for (const one of ofKind) {
          items.push(await removeOneDrive(context, one))
          tell(one)
        }
        continue
      }
      const done = await removeKind(context, dependencies, kind, ofKind, tell)
      items.push(...done.items)
      restart ||= done.restart
    }
    sayFailures(context, items)
    if (isHopeless(items)) throw hopeless(pinned.profile.name, items)
    return restart ? { continueWith: { items } } : { result: present(id, items, false) }
  }
}

function teller({ progress }: StepContext, wanted: readonly DebloatItem[]): (item: Pick<ItemNews, 'name'>) => void {
  let done = 0
  return ({ name }) => {
    done += 1
    const title = wanted.find((one) => one.name.toLowerCase() === name.toLowerCase())?.title
    const doing = { fr: title?.fr ?? name, en: title?.en ?? name }
    progress({ fraction: Math.min(1, done / wanted.length), doing })
  }
}

function sayFailures({ log }: StepContext, items: readonly RemovedItem[]): void {
  for (const { kind, name, outcome, words } of items) {
    if (outcome === 'failed') log('warning', `${kind} ${name} stays: ${words ?? ''}`)
  }
}

function hopeless(profile: string, items: readonly RemovedItem[]): StepError {
  const failed = items.filter(({ outcome }) => outcome === 'failed')
  const detail = failed.map(({ name, words }) => `${name}: ${words ?? ''}`).join('\n')
  return new StepError(
    failure('APPS_NOT_REMOVED', { profile, count: failed.length }, { detail: detail.slice(0, 8000) }),
  )
}

function present(profile: string, items: RemovedItem[], restarted: boolean): Record<string, unknown> {
  const count = (outcome: RemovedItem['outcome']): number => items.filter((one) => one.outcome === outcome).length
  return {
    profile,
    removed: count('removed'),
    absent: count('absent'),
    failed: items.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name),
    items,
    restarted,
  }
}
