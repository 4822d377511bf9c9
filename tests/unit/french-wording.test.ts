import { expect, test } from 'vitest'
import { describeCode } from '../../text/messages.ts'
import { allCodes } from '../catalogues.ts'

const codes = await allCodes()
/** Sentences that tell what to do begin with an order; one that begins so tells it as a manual does, to nobody. */
const infinitive = /^(?:Ne pas |S’|Se |L’|Le |La |Les |Y |En )?\p{L}+(?:er|ir|oir|re)$/u
/** Words that look like infinitives. */
const nouns = new Set(['votre'])

test.each(codes.map((one) => [one.code, one] as const))('%s says what to do as one says it to somebody', (_, one) => {
  const { fix } = describeCode(one.catalogue, one.code, {}, (name) => `{${name}}`)
  for (const sentence of fix.fr.split(/(?<=[.!?])\s+|(?<=\u202f;)\s+/)) {
    const [beginning = ''] = /^(?:Ne pas |Se |Le |La |Les |Y |En )?[\p{L}’]+/u.exec(sentence) ?? []
    if (!nouns.has(beginning)) expect(beginning).not.toMatch(infinitive)
    expect(sentence).not.toMatch(
      /(?:, |, puis | et | ou )(?:les |le |la |l’|se |s’)?(?:annuler|recommencer|relancer|joindre|retirer|réessayer|redémarrer|tenir)\b/,
    )
  }
})
