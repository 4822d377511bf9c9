import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Sentence } from '../../../text/sentence.ts'
import type { StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import activateWindows from '../scripts/activate-windows.ps1'
import { runScript } from '../system/powershell.ts'
import { hresultMessage } from '../updates/hresults.ts'
import { firmwareKeyFits, isActivated } from './activation.ts'
import { orNull } from './measure-software.ts'
import type { WindowsMeasured } from './measurements.ts'

const Answer = Type.Object({
  outcome: Type.Union([Type.Literal('asked'), Type.Literal('no-key'), Type.Literal('refused')]),
  code: Type.Number(),
})

/** What those codes of software licensing say that a workshop meets (Microsoft, "Activation error codes"). */
const refusals: ReadonlyMap<number, Sentence> = new Map([
  [0xc004c003, { fr: 'clé bloquée par Microsoft', en: 'key blocked by Microsoft' }],
  [0xc004c060, { fr: 'clé bloquée par Microsoft', en: 'key blocked by Microsoft' }],
  [0xc004c001, { fr: 'clé invalide', en: 'invalid key' }],
  [0xc004c004, { fr: 'clé invalide', en: 'invalid key' }],
  [0xc004f050, { fr: 'clé invalide', en: 'invalid key' }],
  [0xc004c007, { fr: 'clé inconnue de Microsoft', en: 'key unknown to Microsoft' }],
  [0xc004c008, { fr: 'clé utilisée trop souvent', en: 'key used too often' }],
  [0xc004c020, { fr: 'clé utilisée trop souvent', en: 'key used too often' }],
  [0xc004f034, { fr: 'licence pas encore acceptée', en: 'licence not accepted yet' }],
  [0xc004f069, { fr: 'clé pour une autre édition', en: 'key for another edition' }],
  [0xc004f210, { fr: 'clé pour une autre édition', en: 'key for another edition' }],
  [0xc004f212, { fr: 'clé pour une autre édition', en: 'key for another edition' }],
  [0xc004f213, { fr: 'aucune clé trouvée', en: 'no key found' }],
  [0xc004f074, { fr: 'aucun serveur KMS joignable', en: 'no KMS server in reach' }],
  [0x8007232b, { fr: 'aucun serveur KMS joignable', en: 'no KMS server in reach' }],
  [0x803fa067, { fr: 'clé pour une autre édition', en: 'key for another edition' }],
])

/**
 * Activates a Windows that is not, with the firmware's key where that is for its edition, else with the key it has.
 *
 * @returns why Microsoft's servers or Windows refused; null when nothing was refused, or nothing had to be done
 */
export async function activate(
  context: StepContext,
  dependencies: WindowsDependencies,
  { licence, version }: Pick<WindowsMeasured, 'licence' | 'version'>,
): Promise<Sentence | null> {
  if (licence === null || isActivated(licence)) return null
  const script = { name: 'activate-windows', text: activateWindows }
  const input = { firmwareKey: firmwareKeyFits(licence, version?.edition ?? null) }
  const answer = await orNull(context, runScript(context, dependencies, script, { input }))
  if (!Value.Check(Answer, answer) || answer.outcome !== 'refused') return null
  const reason = refusalMessage(answer.code)
  context.log('warning', `activation was refused: ${reason.en}`)
  return reason
}

/** A refusal as a sentence, with its number. Pure. */
export function refusalMessage(code: number): Sentence {
  const known = refusals.get(code >>> 0)
  if (known === undefined) return hresultMessage(code)
  const text = `0x${(code >>> 0).toString(16).toUpperCase()}`
  return { fr: `${known.fr} (${text})`, en: `${known.en} (${text})` }
}
