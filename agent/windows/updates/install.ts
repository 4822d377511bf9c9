import { Value } from 'typebox/value'
import { Type } from 'typebox'
import type { Progress } from '../../protocol/messages.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import updateInstall from '../scripts/update-install.ps1'
import { servicingWatch } from '../system/servicing-watch.ts'
import type { BegunUpdate } from './begun-update.ts'
import { hresultMessage } from './hresults.ts'
import { endOf, readInstallEvent, type InstallEvent } from './install-events.ts'
import { passFraction } from './overall.ts'
import type { UpdateEnd, WantedUpdate } from './passes.ts'

const Answer = Type.Object({ restart: Type.Boolean() })

/** A cumulative update stands at one percentage for long; it writes to its log all the while. */
const stalledAfterMs = 60 * 60_000

export type Installation = {
  ends: Array<{ update: WantedUpdate; end: UpdateEnd }>
  restartWanted: boolean
}

type Dependencies = { windows: WindowsDependencies; begun: BegunUpdate; overall(within: number): number }

/**
 * Has Windows Update download and install these, one by one. What was told before the script ended counts, however it
 * ended: the update it was at, hung or dead, has failed, and the machine restarts to be rid of what hangs.
 * Throws StepError SCRIPT_FAILED when it did not get as far as the first.
 */
export async function installUpdates(
  context: StepContext,
  updates: readonly WantedUpdate[],
  { windows, begun, overall }: Dependencies,
): Promise<Installation> {
  const ends: Installation['ends'] = []
  let current: WantedUpdate | null = null
  let installing: string | null = null
  const onProgress = (value: unknown): void => {
    const event = readInstallEvent(value)
    const update = updates.find(({ key }) => key === event?.key)
    if (event === null || update === undefined) return
    if (event.event === 'end') {
      const end = endOf(event)
      ends.push({ update, end })
      begun.remove()
      current = null
      return tell(context, update, end)
    }
    current = update
    if (event.event === 'install' && installing !== update.key) begun.write(update)
    if (event.event === 'install') installing = update.key
    context.progress(progressOf(event, update, overall))
  }
  const script = { name: 'update-install', text: updateInstall }
  const input = { updates: updates.map(({ key }) => ({ key })) }
  try {
    const options = { watch: servicingWatch(stalledAfterMs) }
    const answer = await runScript(context, windows, script, { input, onProgress, options })
    return { ends, restartWanted: Value.Check(Answer, answer) && answer.restart }
  } catch (error) {
    if (!(error instanceof StepError) || error.failure.code !== 'SCRIPT_FAILED') throw error
    if (ends.length === 0 && current === null) throw error
    context.log('warning', `the installation ended early: ${error.failure.detail ?? ''}`)
    const unfinished = current === null ? [] : [{ update: current, end: { kind: 'failed', code: null } as const }]
    begun.remove()
    return { ends: [...ends, ...unfinished], restartWanted: true }
  }
}

function progressOf(
  event: Exclude<InstallEvent, { event: 'end' }>,
  update: WantedUpdate,
  overall: Dependencies['overall'],
) {
  const { index, of } = event
  const place = { fr: `${index} sur ${of} : ${update.title}`, en: `${index} of ${of}: ${update.title}` }
  switch (event.event) {
    case 'busy':
      return {
        fraction: overall(passFraction(index, of, 1, 0)),
        doing: {
          fr: `Une autre installation est en cours ; ensuite, mise à jour ${place.fr}`,
          en: `Another installation is under way; then, update ${place.en}`,
        },
      }
    case 'download':
      return {
        fraction: overall(passFraction(index, of, event.percent / 100, 0)),
        ...bytesOf(event),
        doing: { fr: `Téléchargement de la mise à jour ${place.fr}`, en: `Downloading update ${place.en}` },
      }
    case 'install':
      return {
        fraction: overall(passFraction(index, of, 1, event.percent / 100)),
        doing: { fr: `Installation de la mise à jour ${place.fr}`, en: `Installing update ${place.en}` },
      }
  }
}

/** What the agent knows not yet is 0, and what it has guessed is passed by what came. */
function bytesOf({ bytesDone, bytesTotal }: { bytesDone: number; bytesTotal: number }): Partial<Progress> {
  if (!Number.isSafeInteger(bytesTotal) || bytesTotal <= 0 || bytesDone < 0 || bytesDone > bytesTotal) return {}
  return { bytesDone: Math.round(bytesDone), bytesTotal }
}

function tell(context: StepContext, { title }: WantedUpdate, end: UpdateEnd): void {
  if (end.kind === 'installed') return context.log('info', `installed: ${title}${end.restart ? ' (restart)' : ''}`)
  const code = 'code' in end && end.code !== null ? `: ${hresultMessage(end.code).en}` : ''
  context.log('warning', `${end.kind}: ${title}${code}`)
}
