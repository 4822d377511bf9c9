import type { Sentence } from '../../../text/sentence.ts'
import { hresultText, hresultMessage } from './hresults.ts'
import type { UpdateMemory } from './memory.ts'
import type { LeftUpdate } from './passes.ts'
import type { LeftReason } from './selection.ts'

/** Why an update was left alone, for whoever reads the run. */
const reasons: Readonly<Record<LeftReason, Sentence>> = {
  upgrade: {
    fr: 'nouvelle version de Windows : c’est l’image qui en décide',
    en: 'another version of Windows: the image decides that',
  },
  'kind-not-included': { fr: 'la séquence ne demande pas ce genre', en: 'the sequence does not ask for this kind' },
  'on-skip-list': { fr: 'la séquence l’exclut', en: 'the sequence excludes it' },
  'wants-input': { fr: 'elle pose des questions à l’écran', en: 'it asks questions on the screen' },
  'waits-for-restart': { fr: 'installée, attend encore un redémarrage', en: 'installed, still waits for a restart' },
  'failed-twice': { fr: 'elle a échoué deux fois', en: 'it failed twice' },
  'offered-again': { fr: 'installée deux fois, et toujours proposée', en: 'installed twice, and still offered' },
  'passes-used-up': { fr: 'le nombre de passes de la séquence est atteint', en: 'the sequence’s passes are used up' },
}

const mostNamed = 200

/** The step's result: what was installed, what was not, and why. */
export function presentUpdates({ pass, installed, failures, packages }: UpdateMemory, left: readonly LeftUpdate[]) {
  return {
    passes: pass,
    packages,
    installed: installed.slice(0, mostNamed).map(({ update }) => ({ ...named(update) })),
    failed: Object.values(failures)
      .slice(0, mostNamed)
      .map(({ update, times, code }) => ({
        ...named(update),
        times,
        code: code === null ? null : hresultText(code),
        why: code === null ? { fr: 'elle n’a pas abouti', en: 'it did not come to an end' } : hresultMessage(code),
      })),
    left: left.slice(0, mostNamed).map(({ update, reason }) => ({ ...named(update), reason, why: reasons[reason] })),
  }
}

function named({ title, kb, kind }: { title: string; kb: string | null; kind: string }) {
  return { title, kb, kind }
}
