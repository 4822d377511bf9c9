import { failures } from '../../agent/protocol/failures/failures.ts'
import type { Failure } from '../../agent/protocol/messages.ts'
import { describeCode, type CodeOf, type Description, type Messages, type ParamsOf } from '../../text/messages.ts'
import type { Sentence } from '../../text/sentence.ts'

/** Failures that only the server can see. */
export const runFailures = {
  STEP_INTERRUPTED: {
    message: ({ step, times }: { step: string; times: number }) => ({
      fr: `Le poste a redémarré ${times} fois pendant l’étape « ${step} » sans la finir.`,
      en: `The machine restarted ${times} times during the step "${step}" without finishing it.`,
    }),
    fix: () => ({
      fr: 'Vérifiez l’alimentation, la mémoire et le disque (un test de mémoire d’abord), puis reprenez.',
      en: 'Check power supply, memory and disk (a memory test first), then retry.',
    }),
  },
  STEP_RESTARTS_WITHOUT_END: {
    message: ({ step, times }: { step: string; times: number }) => ({
      fr: `L’étape « ${step} » a demandé ${times} redémarrages et n’est toujours pas finie.`,
      en: `The step "${step}" has asked for ${times} restarts and is still not done.`,
    }),
    fix: () => ({
      fr: 'Lisez le journal de l’étape : une mise à jour ou un installateur demande sans cesse à redémarrer. Écartez-le dans la séquence, puis lancez une nouvelle préparation.',
      en: 'Read the log of the step: an update or an installer asks for a restart each time. Leave it out in the sequence, then start a new run.',
    }),
  },
  MACHINE_CLAIMED_TWICE: {
    message: ({ count, addresses }: { count: number; addresses: string }) => ({
      fr: `${count} ordinateurs se présentent en même temps comme ce poste : ${addresses}.`,
      en: `${count} computers claim to be this machine at the same time: ${addresses}.`,
    }),
    fix: () => ({
      fr: 'Lisez l’adresse sur l’écran du vrai poste (dans Windows : ipconfig) et choisissez-la ; débranchez l’autre du réseau. Un disque cloné se présente aussi comme son original.',
      en: 'Read the address on the screen of the real machine (in Windows: ipconfig) and choose it; unplug the other from the network. A cloned disk, too, claims to be its original.',
    }),
  },
  VERIFY_FAILED: {
    message: ({ count, titles }: { count: number; titles: Sentence }) => ({
      fr: `Le contrôle n’est pas passé (${count}) : ${titles.fr}.`,
      en: `The check has not passed (${count}): ${titles.en}.`,
    }),
    fix: () => ({
      fr: 'Lisez les preuves sur la fiche du poste, réglez ce qui manque, puis reprenez l’étape « Contrôler ».',
      en: 'Read the evidence on the machine’s record, put right what is missing, then retry the step "Check".',
    }),
  },
  VERIFY_UNREADABLE: {
    message: () => ({
      fr: 'Le résultat du contrôle n’est pas lisible : il ne prouve rien.',
      en: 'The result of the check cannot be read: it proves nothing.',
    }),
    fix: () => ({
      fr: 'Mettez le serveur et l’agent à la même version (une nouvelle préparation), ou reprenez l’étape.',
      en: 'Bring server and agent to the same version (a new run), or retry the step.',
    }),
  },
} satisfies Messages

/** A failure that the server makes itself. */
export function runFailure<Code extends CodeOf<typeof runFailures>>(
  code: Code,
  params: ParamsOf<typeof runFailures, Code>,
): Failure {
  return { code, params }
}

const everyFailure = { ...failures, ...runFailures }

/** The sentence and the fix of any failure of a run: the agent's, and those that only the server can see. */
export function describeRunFailure({ code, params }: Failure): Description {
  return describeCode(everyFailure, code, params)
}
