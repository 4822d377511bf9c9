import { Type, type Static } from 'typebox'
import { Phase } from '../../../tasksequences/sequence.ts'
import { EvidenceItem } from '../../../agent/protocol/evidence.ts'
import { Sentence } from '../../../agent/protocol/messages.ts'

const Time = Type.String({ format: 'date-time' })
const MaybeText = Type.Union([Type.String(), Type.Null()])
/** The reason in both languages, when Etabli gave it and not a person. */
const MaybeSentence = Type.Union([Sentence, Type.Null()])

export const RecordStateView = Type.Union([
  Type.Literal('received'),
  Type.Literal('assembled'),
  Type.Literal('deploying'),
  Type.Literal('checking'),
  Type.Literal('ready'),
  Type.Literal('reserved'),
  Type.Literal('delivered'),
  Type.Literal('attention'),
  Type.Literal('retired'),
])

/** One line of the stock list: the record and what of its machine the list shows. */
export const RecordView = Type.Object({
  id: Type.String(),
  machineId: Type.String(),
  label: Type.String(),
  code: Type.String(),
  serial: MaybeText,
  product: MaybeText,
  manufacturer: MaybeText,
  memoryBytes: Type.Union([Type.Integer(), Type.Null()]),
  diskBytes: Type.Union([Type.Integer(), Type.Null()]),
  /** The Windows of the last finished run. */
  windows: MaybeText,
  state: RecordStateView,
  reason: Type.String(),
  sentence: MaybeSentence,
  createdAt: Time,
  changedAt: Time,
  /** What installed software reported of itself, by the names of its manifests, as `teamViewerId`. */
  facts: Type.Record(Type.String(), Type.String()),
  /** The last check's verdict. `holds`: nothing has written the disk since, so that it still counts. */
  evidence: Type.Union([
    Type.Object({ runId: Type.String(), at: Time, passed: Type.Boolean(), holds: Type.Boolean() }),
    Type.Null(),
  ]),
  /** States a person may move it to from here, in the order to offer them. */
  transitions: Type.Array(RecordStateView),
})
export type RecordView = Static<typeof RecordView>

/** POST /api/stock/:id/transitions → RecordView; 409 TRANSITION_NOT_ALLOWED, 422 EVIDENCE_MISSING (ready without `override`) */
export const TransitionRequest = Type.Object({
  to: RecordStateView,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
  override: Type.Optional(Type.Boolean()),
})

/** GET /api/stock/:id/history → {items: RecordEventView[]}, newest first */
export const RecordEventView = Type.Object({
  id: Type.Integer(),
  at: Time,
  by: Type.String(),
  from: Type.Union([RecordStateView, Type.Null()]),
  to: RecordStateView,
  reason: Type.String(),
  sentence: MaybeSentence,
  runId: MaybeText,
})
export type RecordEventView = Static<typeof RecordEventView>

/** GET /api/stock/:id/evidence: what the last check measured, and what the server knows beside it. */
export const EvidenceView = Type.Object({
  runId: Type.String(),
  at: Time,
  passed: Type.Boolean(),
  holds: Type.Boolean(),
  items: Type.Array(EvidenceItem),
  sequence: Type.Object({ id: Type.String(), name: Type.String(), version: Type.String() }),
  phases: Type.Array(
    Type.Object({
      phase: Phase,
      startedAt: Time,
      endedAt: Type.Union([Time, Type.Null()]),
    }),
  ),
})
export type EvidenceView = Static<typeof EvidenceView>

export const RecordList = Type.Object({
  items: Type.Array(RecordView),
  next: MaybeText,
  /** How many there are of each state, whatever is looked for. */
  counts: Type.Record(RecordStateView, Type.Integer()),
})
export type RecordList = Static<typeof RecordList>
