import { refusalsOf, type Refusals } from '../refusal/refusal.ts'
import type { Sentence } from '../../text/sentence.ts'

export const stockRefusals = {
  RECORD_UNKNOWN: {
    status: 404,
    message: () => ({ fr: 'Cette fiche de stock n’existe pas.', en: 'There is no such stock record.' }),
    fix: () => ({ fr: 'Rechargez la liste du stock.', en: 'Reload the stock list.' }),
  },
  TRANSITION_NOT_ALLOWED: {
    status: 409,
    message: ({ from, to }: { from: Sentence; to: Sentence }) => ({
      fr: `Une fiche à l’état « ${from.fr} » ne peut pas passer à l’état « ${to.fr} ».`,
      en: `A record that is "${from.en}" cannot become "${to.en}".`,
    }),
    fix: ({ allowed }: { allowed: Sentence }) => ({
      fr: `D’ici, on peut passer à : ${allowed.fr}.`,
      en: `From here it can become: ${allowed.en}.`,
    }),
  },
  EVIDENCE_MISSING: {
    status: 422,
    message: () => ({
      fr: 'La preuve que le poste est prêt manque : aucun contrôle n’a été enregistré.',
      en: 'There is no evidence that the machine is ready: no check has been recorded.',
    }),
    fix: () => ({
      fr: 'Faites le contrôle, ou confirmez « prêt à la vente » vous-même en donnant la raison ; votre nom restera dans l’historique.',
      en: 'Have it checked, or confirm "ready" yourself with the reason; your name stays in the history.',
    }),
  },
  EVIDENCE_UNKNOWN: {
    status: 404,
    message: () => ({
      fr: 'Ce poste n’a encore été contrôlé par aucune préparation.',
      en: 'No run has checked this machine yet.',
    }),
    fix: () => ({
      fr: 'Lancez une préparation qui a une étape « verify ».',
      en: 'Start a run that has a step "verify".',
    }),
  },
  REASON_MISSING: {
    status: 422,
    message: () => ({ fr: 'La raison manque.', en: 'The reason is missing.' }),
    fix: () => ({ fr: 'Écrivez en quelques mots pourquoi.', en: 'Write in a few words why.' }),
  },
} satisfies Refusals

/** A refusal about a stock record. */
export const stockRefusal = refusalsOf(stockRefusals)
