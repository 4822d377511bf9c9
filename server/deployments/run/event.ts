import type { Failure, Progress } from '../../../agent/protocol/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'
import type { Refusal } from '../../refusal/refusal.ts'
import type { Evidence } from '../../../agent/protocol/evidence.ts'
import type { Variables } from '../../../tasksequences/scalar.ts'
import type { RecordState } from '../../stock/record.ts'
import type { Grounds } from '../../stock/transitions.ts'
import type { Run } from './run.ts'

/** What an agent says of a step; the lines of its log move nothing and are not in it. */
export type StepReport =
  /** It is there and sent lines for the log. */
  | { kind: 'heard' }
  | { kind: 'started' }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; result: Record<string, unknown> }
  | { kind: 'failed'; failure: Failure }
  /** The machine restarts now, and the step goes on after that. */
  | { kind: 'continues'; memory: Record<string, unknown> }

export type RunEvent =
  /** The current step is handed to the agent. */
  | { kind: 'served'; at: Date; agent: { bootId: string; version: string } | null }
  | { kind: 'reported'; at: Date; stepId: string; attempt: number; report: StepReport }
  | { kind: 'cancelled'; at: Date; by: string; reason: string }
  /** A person says "again", with answers or other values perhaps. */
  | { kind: 'retried'; at: Date; stepId: string | null; variables: Variables }
  /** Something that only the server sees stops it for a person. */
  | { kind: 'stopped'; at: Date; failure: Failure }
  /** The machine started anew while a step ran. */
  | { kind: 'machine-lost'; at: Date }

/** What has to happen beside the run itself, in the same transaction and in this order. */
export type Effect =
  | { kind: 'move-record'; to: RecordState; grounds: Grounds; sentence: Sentence }
  | { kind: 'keep-evidence'; evidence: Evidence }
  /** What a step reported of the Windows on the disk, by the names of `facts` in results. */
  | { kind: 'keep-facts'; facts: Record<string, string> }
  | { kind: 'forget-facts' }
  /** Of agents in Windows: those of this attempt of the run are good from now on, all others of the machine's are gone. */
  | { kind: 'keep-keys'; attempt: number }
  /** Of agents in Windows: those this run made, or all the machine's. */
  | { kind: 'forget-keys'; of: 'run' | 'machine' }

export type Verdict = 'accepted' | 'stale' | 'cancel'

export type Next =
  | {
      kind: 'taken'
      run: Run
      verdict: Verdict
      effects: Effect[]
      /** `fact` is recorded before anybody is answered; `progress` may be lost in a power cut. */
      change: 'none' | 'progress' | 'fact'
    }
  | { kind: 'refused'; refusal: Refusal }
