import { Type, type Static } from 'typebox'
import { Scalar } from '../../tasksequences/scalar.ts'
import { Phase } from '../../tasksequences/sequence.ts'
import { Inventory, PinnedDisk } from './inventory.ts'
import { Materials } from './materials.ts'

/**
 * What agent and server say to each other, over TLS, HTTP and JSON; the paths are those of `paths.ts`.
 *
 *   POST hello                               Hello → Welcome
 *   GET  work              Bearer session    long poll, at most 25 s → Work
 *   POST reports           Bearer run token  Report → ReportAnswer
 *   GET  images/ID         Bearer run token  the pinned image, only while the run lives
 *   GET  materials/SHA256  Bearer run token  a file the run has pinned, only while it lives
 *
 * A session is bound to one machine and one boot; a run token to one run, and dies with it.
 * The agent in Windows shows with its hello the key that the environment wrote to the disk for it: without it the server
 * has no work for Windows, since SMBIOS and MAC addresses, which name a machine, are no secrets.
 * Refusals are `{code, message, fix}` with 401 (say hello again), 403 or 404 (poll for work again).
 */

const Code = Type.String({ pattern: '^[A-Z][A-Z0-9_]{2,63}$' })
const Time = Type.String({ maxLength: 40 })

/** Holds what comes over the network to the shape and size of a sentence; the type is in text/sentence.ts. */
export const Sentence = Type.Object({ fr: Type.String({ maxLength: 1024 }), en: Type.String({ maxLength: 1024 }) })

/** What went wrong, as data: its sentences are in `agent/protocol/failures/failures.ts`. */
export const Failure = Type.Object({
  code: Code,
  params: Type.Record(Type.String({ maxLength: 64 }), Type.Union([Scalar, Sentence])),
  /** The end of the program's own output, for the log; never shown in place of the sentence. */
  detail: Type.Optional(Type.String({ maxLength: 8192 })),
  /** When a person has to choose: what can be chosen, and the run variable the choice goes into. */
  choice: Type.Optional(
    Type.Object({
      variable: Type.String({ maxLength: 64 }),
      options: Type.Array(Type.Object({ value: Type.String({ maxLength: 256 }), label: Sentence }), { maxItems: 64 }),
    }),
  ),
})
export type Failure = Static<typeof Failure>

export const Hello = Type.Object({
  agentVersion: Type.String({ maxLength: 64 }),
  phase: Phase,
  /** Random, made once at each start of the machine: two hellos of one boot are the same session. */
  bootId: Type.String({ minLength: 8, maxLength: 64 }),
  inventory: Inventory,
  /** Of the agent in Windows: what `prepare-windows` was given for it. */
  key: Type.Optional(Type.String({ maxLength: 128 })),
})
export type Hello = Static<typeof Hello>

export const Welcome = Type.Object({
  machineId: Type.String(),
  session: Type.String(),
  /** The short code that the machine's screen and the dashboard both show. */
  code: Type.String(),
  label: Type.String(),
  /** The machine's page in the dashboard, for the QR code. */
  pageUrl: Type.String(),
  locale: Type.Union([Type.Literal('fr'), Type.Literal('en')]),
  /** The server's time, for a machine whose battery is empty, and how far ahead of UTC its own zone is now. */
  clock: Type.Object({ at: Time, utcOffsetMinutes: Type.Integer({ minimum: -1440, maximum: 1440 }) }),
})
export type Welcome = Static<typeof Welcome>

export const Work = Type.Union([
  /** `notice`: why this start of the machine gets nothing, when it is not that there is nothing to do. */
  Type.Object({
    kind: Type.Literal('wait'),
    notice: Type.Optional(Type.Object({ message: Sentence, fix: Sentence })),
  }),
  /** A person is needed; the agent shows the sentence and goes on polling. */
  Type.Object({ kind: Type.Literal('attention'), runId: Type.String(), message: Sentence, fix: Sentence }),
  Type.Object({
    kind: Type.Literal('step'),
    runId: Type.String(),
    token: Type.String(),
    step: Type.Object({
      id: Type.String(),
      index: Type.Integer({ minimum: 0 }),
      of: Type.Integer({ minimum: 1 }),
      attempt: Type.Integer({ minimum: 1 }),
      type: Type.String(),
      name: Sentence,
      input: Type.Record(Type.String(), Type.Unknown()),
      /** What this step had the server keep with `continues` before the machine restarted; empty at its first start. */
      memory: Type.Record(Type.String(), Type.Unknown()),
    }),
    /** Share of the whole run that lies before this step and in it, 0 to 1. */
    weight: Type.Object({ before: Type.Number(), share: Type.Number() }),
    variables: Type.Record(Type.String(), Scalar),
    /** What earlier steps of this run found and did, by step type: `partition-disk` → its result. */
    results: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
    /** Present when the run has an image. `path` is relative to the server. */
    image: Type.Optional(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        path: Type.String(),
        sizeBytes: Type.Integer(),
        contentBytes: Type.Integer(),
        sha256: Type.String(),
        /** EDITIONID, `Professional`; and the languages it carries. */
        edition: Type.String(),
        languages: Type.Array(Type.String()),
      }),
    ),
    /** In the environment: the disks the run may write, those a person saw when assigning it, and no other. */
    disks: Type.Optional(Type.Array(PinnedDisk, { maxItems: 64 })),
    /** What the step takes from the catalogue, when it takes anything. */
    materials: Type.Optional(Materials),
    /** What `${secret.NAME}` stands for in the step's texts; never to be logged, reported or written in the clear. */
    secrets: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 4096 }))),
    /** For `prepare-windows` only: what the agent in Windows will show with its hello. */
    agentKey: Type.Optional(Type.String({ maxLength: 128 })),
  }),
  /** Nothing more to do here: boot the disk. */
  Type.Object({ kind: Type.Literal('restart') }),
])
export type Work = Static<typeof Work>
export type StepWork = Extract<Work, { kind: 'step' }>

export const Progress = Type.Object({
  /** 0 to 1, or null while it cannot be known. */
  fraction: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
  bytesDone: Type.Optional(Type.Integer({ minimum: 0 })),
  bytesTotal: Type.Optional(Type.Integer({ minimum: 0 })),
  bytesPerSecond: Type.Optional(Type.Number({ minimum: 0 })),
  secondsLeft: Type.Optional(Type.Number({ minimum: 0 })),
  /** What happens just now, if the step's name does not say it. */
  doing: Type.Optional(Sentence),
})
export type Progress = Static<typeof Progress>

export const LogLine = Type.Object({
  at: Time,
  level: Type.Union([Type.Literal('info'), Type.Literal('warning'), Type.Literal('error'), Type.Literal('output')]),
  text: Type.String({ maxLength: 4096 }),
})
export type LogLine = Static<typeof LogLine>

export const ReportBody = Type.Union([
  Type.Object({ kind: Type.Literal('started') }),
  Type.Object({ kind: Type.Literal('progress'), progress: Progress }),
  /** `from` is the number of this attempt's lines sent before, so that a repeated report adds nothing twice. */
  Type.Object({
    kind: Type.Literal('log'),
    from: Type.Integer({ minimum: 0 }),
    lines: Type.Array(LogLine, { maxItems: 500 }),
  }),
  Type.Object({ kind: Type.Literal('done'), result: Type.Record(Type.String(), Type.Unknown()) }),
  Type.Object({ kind: Type.Literal('failed'), failure: Failure }),
  /** The step goes on after a restart of the machine, which comes as soon as this is accepted. */
  Type.Object({ kind: Type.Literal('continues'), memory: Type.Record(Type.String(), Type.Unknown()) }),
])
export type ReportBody = Static<typeof ReportBody>
/** A report after which this attempt has nothing more to say. */
export type EndBody = Extract<ReportBody, { kind: 'done' | 'failed' | 'continues' }>

export function isEnd(body: ReportBody): body is EndBody {
  return body.kind === 'done' || body.kind === 'failed' || body.kind === 'continues'
}

export const Report = Type.Object({
  runId: Type.String(),
  stepId: Type.String(),
  attempt: Type.Integer({ minimum: 1 }),
  at: Time,
  body: ReportBody,
})
export type Report = Static<typeof Report>

/** `stale`: the run has moved on without this step; drop it and poll for work. `cancel`: stop the step now. */
export const Verdict = Type.Union([Type.Literal('accepted'), Type.Literal('stale'), Type.Literal('cancel')])
export type Verdict = Static<typeof Verdict>

export const ReportAnswer = Type.Object({ verdict: Verdict })
export type ReportAnswer = Static<typeof ReportAnswer>
