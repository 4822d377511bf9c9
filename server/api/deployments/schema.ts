import { Type, type Static } from 'typebox'
import { Failure, LogLine, Progress, Sentence } from '../../../agent/protocol/messages.ts'
import { Scalar } from '../../../tasksequences/scalar.ts'
import { Phase } from '../../../tasksequences/sequence.ts'

const Time = Type.String({ format: 'date-time' })
const MaybeTime = Type.Union([Time, Type.Null()])

/** A failure as people read it: the code small beside the sentence, and what to do. */
export const Problem = Type.Object({
  code: Type.String(),
  message: Sentence,
  fix: Sentence,
  detail: Type.Union([Type.String(), Type.Null()]),
  choice: Type.Union([Failure.properties.choice, Type.Null()]),
})
export type Problem = Static<typeof Problem>

export const StepView = Type.Object({
  id: Type.String(),
  index: Type.Integer(),
  phase: Phase,
  type: Type.String(),
  name: Sentence,
  weight: Type.Number(),
  attempt: Type.Integer(),
  state: Type.Union([
    Type.Literal('pending'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('skipped'),
  ]),
  startedAt: MaybeTime,
  endedAt: MaybeTime,
  progress: Type.Union([Progress, Type.Null()]),
  result: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  problem: Type.Union([Problem, Type.Null()]),
  skipped: Type.Union([Sentence, Type.Null()]),
})
export type StepView = Static<typeof StepView>

/** What a run takes from the catalogue beside its image, as it was pinned. */
export const PinnedView = Type.Object({
  /** Version of the agent it puts into Windows. */
  agent: Type.Union([Type.String(), Type.Null()]),
  software: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), version: Type.Union([Type.String(), Type.Null()]) }),
  ),
  drivers: Type.Array(Type.Object({ pack: Type.String(), infs: Type.Integer() })),
  updates: Type.Array(Type.String()),
  profiles: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), version: Type.String() })),
  sizeBytes: Type.Integer(),
})
export type PinnedView = Static<typeof PinnedView>

export const DeploymentView = Type.Object({
  id: Type.String(),
  machineId: Type.String(),
  machineLabel: Type.String(),
  sequence: Type.Object({ id: Type.String(), name: Type.String(), version: Type.String() }),
  image: Type.Union([
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      edition: Type.String(),
      build: Type.String(),
      sizeBytes: Type.Integer(),
      sha256: Type.String(),
    }),
    Type.Null(),
  ]),
  materials: Type.Union([PinnedView, Type.Null()]),
  variables: Type.Record(Type.String(), Scalar),
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('running'),
    Type.Literal('attention'),
    Type.Literal('done'),
    Type.Literal('cancelled'),
  ]),
  /** The step that runs or needs a person; null when none does. */
  stepId: Type.Union([Type.String(), Type.Null()]),
  problem: Type.Union([Problem, Type.Null()]),
  /** Of the whole run, 0 to 1. */
  fraction: Type.Number(),
  /** What it still needs, learned from earlier runs on this model; null when that cannot be said. */
  timeLeft: Type.Union([Type.Object({ leastSeconds: Type.Number(), mostSeconds: Type.Number() }), Type.Null()]),
  /** Windows' own setup, between the two halves; `endedAt` is null while it goes on. */
  windowsSetup: Type.Union([Type.Object({ startedAt: Time, endedAt: MaybeTime }), Type.Null()]),
  /** When the agent was last heard from in this run. */
  heardAt: MaybeTime,
  /**
   * Whether the agent of a run that goes on is heard of, and since when that is so. `awaiting-windows`: no report since the
   * environment left the machine to Windows. `silent`: the machine restarts. `gone`: silent in the middle of a step.
   */
  contact: Type.Union([
    Type.Object({
      kind: Type.Union([
        Type.Literal('awaiting-windows'),
        Type.Literal('silent'),
        Type.Literal('gone'),
        Type.Literal('in-touch'),
      ]),
      since: Time,
    }),
    Type.Null(),
  ]),
  /** The disk it writes, by model and serial, once chosen. */
  disk: Type.Union([
    Type.Object({ model: Type.String(), serial: Type.String(), sizeBytes: Type.Integer() }),
    Type.Null(),
  ]),
  steps: Type.Array(StepView),
  createdAt: Time,
  createdBy: Type.String(),
  startedAt: MaybeTime,
  endedAt: MaybeTime,
})
export type DeploymentView = Static<typeof DeploymentView>

/** POST /api/deployments → {items: DeploymentView[]} */
export const DeploymentRequest = Type.Object({
  machineIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 200 }),
  sequenceId: Type.String({ maxLength: 128 }),
  imageId: Type.Optional(Type.String({ maxLength: 128 })),
  variables: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Scalar)),
  /**
   * By machine id, the `disksRevision` of the machine as it was shown to whoever starts the run. Needed for a sequence that
   * writes a disk: the run may write the disks of that revision and no others.
   */
  disksSeen: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 64 }))),
})
export type DeploymentRequest = Static<typeof DeploymentRequest>

/** POST /api/deployments/:id/cancel */
export const CancelRequest = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })) })
/** POST /api/deployments/:id/retry: from the failed step when `stepId` is not given; `variables` answer a choice. */
export const RetryRequest = Type.Object({
  stepId: Type.Optional(Type.String({ maxLength: 64 })),
  variables: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Scalar)),
})
export type RetryRequest = Static<typeof RetryRequest>

/** GET /api/deployments/:id/log → {items: StepLogLine[]} */
export const StepLogLine = Type.Object({
  stepId: Type.String(),
  attempt: Type.Integer(),
  number: Type.Integer(),
  line: LogLine,
})
export type StepLogLine = Static<typeof StepLogLine>
export const DeploymentList = Type.Object({
  items: Type.Array(DeploymentView),
  next: Type.Union([Type.String(), Type.Null()]),
})
