import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import updateSearch from '../scripts/update-search.ps1'
import { servicingWatch } from '../system/servicing-watch.ts'
import { readSearchAnswer, type FoundUpdate, type SearchAnswer } from './found-update.ts'
import { spaceForUpdates } from './disk-space.ts'
import { hresultText, hresultMessage, troubleOf, type Trouble } from './hresults.ts'
import { isTriedAgain, searchPauseMs } from './search-retry.ts'
import type { Sentence } from '../../../text/sentence.ts'

/** A first search fetches what Microsoft has for this Windows, and weighs all of it: that takes long, and it writes. */
const stalledAfterMs = 45 * 60_000

/** E_FAIL: for a search that told no code. */
const unspecified = 0x80004005

/**
 * What Windows Update offers, once it can be asked: without a network the step waits, however long, and says so.
 * Throws StepError UPDATE_SEARCH_FAILED, UPDATE_SERVICE_OFF, UPDATE_CLOCK_WRONG or UPDATE_DISK_FULL for what does not mend itself.
 */
export async function searchUpdates(context: StepContext, dependencies: WindowsDependencies, fraction: number) {
  context.progress({
    fraction,
    doing: { fr: 'Recherche des mises à jour de Windows', en: 'Searching for Windows updates' },
  })
  // Each kind of trouble counts by itself: a network that is away for long says nothing of what comes after.
  const counts = new Map<Trouble, number>()
  for (;;) {
    const answer = await searchOnce(context, dependencies)
    if (answer.outcome === 'found') return told(context, answer.updates)
    const trouble = troubleOf(answer.hresult)
    const tries = (counts.get(trouble) ?? 0) + 1
    counts.set(trouble, tries)
    const message = hresultMessage(answer.hresult)
    if (tries === 1 || tries % 20 === 0) context.log('warning', `the search for updates failed: ${message.en}`)
    if (!isTriedAgain(trouble, tries)) throw new StepError(searchFailure(trouble, answer))
    context.progress({ fraction, doing: waitingFor(trouble, message) })
    await context.clock.sleep(searchPauseMs(tries), context.signal)
  }
}

function told(context: StepContext, updates: FoundUpdate[]): FoundUpdate[] {
  context.log('info', `Windows Update offers ${updates.length}`)
  for (const { title, kbs, type } of updates) context.log('info', `  ${type}: ${title} ${kbs.join(' ')}`.trimEnd())
  return updates
}

async function searchOnce(context: StepContext, dependencies: WindowsDependencies): Promise<SearchAnswer> {
  const script = { name: 'update-search', text: updateSearch }
  try {
    const options = { watch: servicingWatch(stalledAfterMs) }
    const answer = readSearchAnswer(await runScript(context, dependencies, script, { options }))
    return answer ?? { outcome: 'failed', hresult: unspecified, message: 'the answer has another shape' }
  } catch (error) {
    if (!(error instanceof StepError) || error.failure.code !== 'SCRIPT_FAILED') throw error
    return { outcome: 'failed', hresult: unspecified, message: error.failure.detail ?? '' }
  }
}

function searchFailure(trouble: Trouble, { hresult, message }: Extract<SearchAnswer, { outcome: 'failed' }>) {
  const params = { code: hresultText(hresult) }
  const more = { detail: message.slice(0, 4000) }
  if (trouble === 'disk-full') return failure('UPDATE_DISK_FULL', { free: 0, needed: spaceForUpdates }, more)
  if (trouble === 'service-off') return failure('UPDATE_SERVICE_OFF', params, more)
  return trouble === 'clock'
    ? failure('UPDATE_CLOCK_WRONG', params, more)
    : failure('UPDATE_SEARCH_FAILED', params, more)
}

function waitingFor(trouble: Trouble, { fr, en }: Sentence) {
  if (trouble === 'network') {
    return {
      fr: `Pas d’accès à Windows Update : ${fr}. Le poste attend le réseau`,
      en: `No way to Windows Update: ${en}. Waiting for the network`,
    }
  }
  return {
    fr: `Recherche des mises à jour, nouvel essai : ${fr}`,
    en: `Searching for updates, trying again: ${en}`,
  }
}
