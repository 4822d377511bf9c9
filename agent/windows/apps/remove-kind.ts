import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { tasksThatBring } from '../../../images/debloat/comes-back.ts'
import type { DebloatItem } from '../../../images/debloat/profile.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript, type Script } from '../system/powershell.ts'
import removeAppx from '../scripts/remove-appx.ps1'
import removeCapabilities from '../scripts/remove-capabilities.ps1'
import removeFeatures from '../scripts/remove-features.ps1'
import { servicingWatch } from '../system/servicing-watch.ts'
import { ItemNews, outcomesOf, type ItemKind, type RemovedItem } from './removal.ts'

/** Kinds that a script of ours removes. */
export type ScriptedKind = Exclude<ItemKind, 'onedrive'>

const scripts: Readonly<Record<ScriptedKind, Script>> = {
  appx: { name: 'remove-appx', text: removeAppx },
  capability: { name: 'remove-capabilities', text: removeCapabilities },
  feature: { name: 'remove-features', text: removeFeatures },
}

const Ended = Type.Object({ restart: Type.Boolean() })

/** One item is minutes at most; a script that says nothing for so long while Windows does nothing either, hangs. */
const stalledAfterMs = 20 * 60_000

/** Removes items of one kind; never throws for them: a script that breaks off leaves the rest failed, with its words. */
export async function removeKind(
  context: StepContext,
  dependencies: WindowsDependencies,
  kind: ScriptedKind,
  wanted: readonly DebloatItem[],
  onItem: (item: ItemNews) => void,
): Promise<{ items: RemovedItem[]; restart: boolean }> {
  const news: ItemNews[] = []
  const names = wanted.map(({ name }) => name)
  try {
    const ended = await runScript(context, dependencies, scripts[kind], {
      input: { names, ...(kind === 'appx' ? { tasks: tasksThatBring(names) } : {}) },
      onProgress: (value) => {
        if (!Value.Check(ItemNews, value)) return
        news.push(value)
        onItem(value)
      },
      options: { watch: servicingWatch(stalledAfterMs) },
    })
    const restart = Value.Check(Ended, ended) && ended.restart
    return { items: outcomesOf(wanted, news, 'the script passed it over'), restart }
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof StepError) || error.failure.code !== 'SCRIPT_FAILED') throw error
    const reason = (error.failure.detail ?? error.failure.code).slice(0, 1000)
    context.log('error', `${scripts[kind].name} broke off: ${reason}`)
    return { items: outcomesOf(wanted, news, reason), restart: false }
  }
}
