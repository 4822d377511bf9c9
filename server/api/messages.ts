import type { Sentence } from '../../text/sentence.ts'
import { refusalsOf, type Refusals } from '../refusal/refusal.ts'

/** What the border itself refuses, before any service is asked. */
export const requestRefusals = {
  REQUEST_INVALID: {
    status: 400,
    message: ({ where, what }: { where: string; what: Sentence }) => ({
      fr: `La demande n’est pas valable : ${where} ${what.fr}.`,
      en: `The request is not valid: ${where} ${what.en}.`,
    }),
    fix: () => ({
      fr: 'Corrigez la demande ; /api/openapi.json décrit ce qui est attendu.',
      en: 'Correct the request; /api/openapi.json describes what is expected.',
    }),
  },
  JSON_INVALID: {
    status: 400,
    message: () => ({ fr: 'Le corps de la demande n’est pas du JSON.', en: 'The body of the request is not JSON.' }),
    fix: () => ({ fr: 'Envoyez du JSON valide.', en: 'Send valid JSON.' }),
  },
  TEXT_WITH_NUL: {
    status: 400,
    message: ({ where }: { where: string }) => ({
      fr: `La demande contient le caractère nul (U+0000) : ${where}.`,
      en: `The request holds the null character (U+0000): ${where}.`,
    }),
    fix: () => ({ fr: 'Retirez ce caractère.', en: 'Take that character out.' }),
  },
  BODY_TOO_DEEP: {
    status: 400,
    message: () => ({
      fr: 'Le corps de la demande est imbriqué trop profondément.',
      en: 'The body of the request is nested too deeply.',
    }),
    fix: ({ deepest }: { deepest: number }) => ({
      fr: `Envoyez ${deepest} niveaux au plus.`,
      en: `Send ${deepest} levels at most.`,
    }),
  },
  PASSWORD_WRONG: {
    status: 403,
    message: () => ({ fr: 'Le mot de passe actuel ne va pas.', en: 'The current password is wrong.' }),
    fix: () => ({ fr: 'Vérifiez la touche Verr. maj. et recommencez.', en: 'Check Caps Lock and try again.' }),
  },
  SESSION_REQUIRED: {
    status: 401,
    message: () => ({ fr: 'Il faut d’abord se connecter.', en: 'Sign in first.' }),
    fix: () => ({ fr: 'Connectez-vous, puis recommencez.', en: 'Sign in, then try again.' }),
  },
  SIGN_IN_REFUSED: {
    status: 401,
    message: () => ({
      fr: 'Ce nom et ce mot de passe ne vont pas ensemble.',
      en: 'This name and this password do not belong together.',
    }),
    fix: () => ({
      fr: 'Vérifiez le nom, le mot de passe et la touche Verr. maj.',
      en: 'Check the name, the password and Caps Lock.',
    }),
  },
  ROLE_INSUFFICIENT: {
    status: 403,
    message: ({ role }: { role: string }) => ({
      fr: `Le rôle « ${role} » ne permet pas cela.`,
      en: `The role "${role}" does not allow this.`,
    }),
    fix: () => ({ fr: 'Demandez à un responsable.', en: 'Ask a manager.' }),
  },
  ORIGIN_REFUSED: {
    status: 403,
    message: () => ({
      fr: 'Cette demande vient de la page d’un autre site.',
      en: 'This request comes from the page of another site.',
    }),
    fix: () => ({
      fr: 'Ouvrez le tableau de bord à sa propre adresse et recommencez.',
      en: 'Open the dashboard at its own address and try again.',
    }),
  },
  HTTPS_REQUIRED: {
    status: 403,
    message: () => ({
      fr: 'Par le réseau, ce serveur ne répond à cela que chiffré.',
      en: 'Over the network, this server answers this in encrypted form only.',
    }),
    fix: ({ address }: { address: string }) => ({
      fr: `Adressez-vous à ${address}, et tenez pour connu ce qui vient d’être envoyé en clair. ETABLI_DASHBOARD_HTTP=everywhere le permet derrière un proxy.`,
      en: `Use ${address}, and take what was just sent in the clear for known. ETABLI_DASHBOARD_HTTP=everywhere allows it behind a proxy.`,
    }),
  },
  DASHBOARD_ELSEWHERE: {
    status: 403,
    message: () => ({
      fr: 'Le tableau de bord n’est pas servi sur le réseau de l’atelier.',
      en: 'The dashboard is not served on the workshop’s network.',
    }),
    fix: () => ({
      fr: 'Ouvrez-le depuis un autre réseau de ce serveur ; ETABLI_DASHBOARD_ON_BENCH=yes le permet ici.',
      en: 'Open it from another network of this server; ETABLI_DASHBOARD_ON_BENCH=yes allows it here.',
    }),
  },
  NOT_FOUND: {
    status: 404,
    message: ({ what }: { what: string }) => ({ fr: `Introuvable : ${what}.`, en: `Not found: ${what}.` }),
    fix: () => ({
      fr: 'Revenez à la liste ; elle a peut-être changé.',
      en: 'Go back to the list; it may have changed.',
    }),
  },
  BODY_TOO_LARGE: {
    status: 413,
    message: () => ({ fr: 'La demande est trop grande.', en: 'The request is too large.' }),
    fix: () => ({ fr: 'Envoyez moins à la fois.', en: 'Send less at a time.' }),
  },
  CONTENT_TYPE_UNKNOWN: {
    status: 415,
    message: () => ({
      fr: 'Ce type de contenu n’est pas accepté ici.',
      en: 'This type of content is not accepted here.',
    }),
    fix: () => ({
      fr: 'Envoyez du JSON avec Content-Type: application/json.',
      en: 'Send JSON with Content-Type: application/json.',
    }),
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    message: ({ seconds }: { seconds: number }) => ({
      fr: `Trop d’essais ; attendez ${seconds} s.`,
      en: `Too many attempts; wait ${seconds} s.`,
    }),
    fix: () => ({ fr: 'Attendez, puis recommencez.', en: 'Wait, then try again.' }),
  },
  INTERNAL: {
    status: 500,
    message: ({ id }: { id: string }) => ({
      fr: `Le serveur a rencontré une erreur imprévue (${id}).`,
      en: `The server met an unexpected error (${id}).`,
    }),
    fix: ({ id }: { id: string }) => ({
      fr: `Cherchez ${id} dans le journal du serveur et joignez-le au rapport d’erreur.`,
      en: `Look for ${id} in the server’s log and join it to the error report.`,
    }),
  },
} satisfies Refusals

/** What the agent's border refuses; its status codes tell the agent what to do next (agent/protocol/messages.ts). */
export const agentRefusals = {
  AGENT_NEEDS_TLS: {
    status: 403,
    message: () => ({
      fr: 'Les agents ne sont servis que par le port chiffré.',
      en: 'Agents are served by the encrypted port only.',
    }),
    fix: () => ({
      fr: 'Parlez TLS au port d’ETABLI_TLS_LISTEN ; un poste préparé par une version plus ancienne est à préparer à nouveau.',
      en: 'Speak TLS to the port of ETABLI_TLS_LISTEN; a machine prepared by an older version has to be prepared anew.',
    }),
  },
  MATERIAL_NOT_FOUND: {
    status: 404,
    message: ({ path }: { path: string }) => ({
      fr: `Le fichier « ${path} » retenu par la préparation n’est plus sur le serveur.`,
      en: `The file "${path}" that the run has pinned is no longer on the server.`,
    }),
    fix: () => ({
      fr: 'Lancez une nouvelle préparation : elle prendra ce qui est au catalogue maintenant.',
      en: 'Start a new run: it takes what is in the catalogue now.',
    }),
  },
  AGENT_SESSION_UNKNOWN: {
    status: 401,
    message: () => ({
      fr: 'Cette session de poste n’est pas ou plus connue.',
      en: 'This machine session is not, or no longer, known.',
    }),
    fix: () => ({ fr: 'Le poste se présente à nouveau.', en: 'The machine introduces itself again.' }),
  },
  RUN_TOKEN_UNKNOWN: {
    status: 403,
    message: () => ({ fr: 'Ce jeton de préparation n’est pas connu.', en: 'This run token is not known.' }),
    fix: () => ({ fr: 'Le poste redemande du travail.', en: 'The machine asks for work again.' }),
  },
  RUN_TOKEN_FOREIGN: {
    status: 403,
    message: () => ({
      fr: 'Ce jeton n’ouvre que sa propre préparation.',
      en: 'This token opens its own run only.',
    }),
    fix: () => ({ fr: 'Le poste redemande du travail.', en: 'The machine asks for work again.' }),
  },
  RUN_TOKEN_EXPIRED: {
    status: 403,
    message: () => ({ fr: 'Cette préparation est terminée.', en: 'This run is over.' }),
    fix: () => ({ fr: 'Le poste redemande du travail.', en: 'The machine asks for work again.' }),
  },
} satisfies Refusals

/** A refusal of a request by itself. */
export const requestRefusal = refusalsOf(requestRefusals)

/** A refusal of a request that an agent makes. */
export const agentRefusal = refusalsOf(agentRefusals)
