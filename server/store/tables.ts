import type { Generated } from 'kysely'
import type { Phase } from '../../tasksequences/sequence.ts'
import type { RunState } from '../deployments/run/run.ts'
import type { StepStatus } from '../deployments/run/step-status.ts'
import type { LearntFiller } from '../machines/learnt-fillers.ts'
import type { DoubtReason } from '../machines/recognition.ts'
import type { RecordState } from '../stock/record.ts'
import type { Role } from './parts.ts'

/** Times are ISO 8601 texts in UTC, which sort as they pass; JSON is text; truth is 0 or 1: the same in both databases. */
type Time = string
type Json = string
type Flag = 0 | 1

export type Tables = {
  machines: {
    id: string
    code: string
    name: string | null
    uuid: string | null
    serial: string | null
    manufacturer: string | null
    product: string | null
    macs: Json
    first_seen_at: Time
    last_seen_at: Time
    hardware: Json | null
  }
  /** One row a pair, in the order of the two ids. */
  machine_doubts: {
    first_id: string
    second_id: string
    reason: DoubtReason
    since: Time
    decision: 'open' | 'apart'
    decided_by: string | null
    decided_at: Time | null
  }
  learnt_fillers: { kind: LearntFiller['kind']; value: string; since: Time }
  inventories: { machine_id: string; inventory: Json }
  records: {
    id: string
    machine_id: string
    state: RecordState
    reason: string
    words: Json | null
    created_at: Time
    changed_at: Time
    facts: Generated<Json>
  }
  record_events: {
    id: Generated<number>
    record_id: string
    at: Time
    made_by: string
    from_state: RecordState | null
    to_state: RecordState
    reason: string
    words: Json | null
    run_id: string | null
  }
  runs: {
    id: string
    machine_id: string
    product: string | null
    sequence_id: string
    sequence_name: string
    sequence_version: string
    image: Json | null
    variables: Json
    facts: Json
    state: RunState['kind']
    state_step: number | null
    state_at: Time | null
    state_by: string | null
    state_reason: string | null
    failure: Json | null
    created_at: Time
    created_by: string
    agent_version: string | null
    boot_id: string | null
    disk_touched_at: Time | null
    materials: Json | null
    disks: Json | null
    returns_to: RecordState | null
  }
  run_steps: {
    run_id: string
    idx: number
    id: string
    phase: Phase
    type: string
    name: Json
    input: Json
    template: Json
    condition: string | null
    weight: number
    continue_on_error: Flag
    retries: number
    retried: number
    interruptions: number
    attempt: number
    status: StepStatus['kind']
    started_at: Time | null
    ended_at: Time | null
    heard_at: Time | null
    progress: Json | null
    result: Json | null
    failure: Json | null
    ignored: Flag
    reason: Json | null
    memory: Json
    restarts: number
  }
  run_log: {
    id: Generated<number>
    run_id: string
    step_id: string
    attempt: number
    number: number
    at: Time
    level: 'info' | 'warning' | 'error' | 'output'
    text: string
  }
  leases: {
    address: string
    state: 'bound' | 'released' | 'quarantined'
    client: string
    mac: string
    host_name: string | null
    started_at: Time
    granted_at: Time
    expires_at: Time
  }
  users: { name: string; password_hash: string; role: Role; created_at: Time }
  sessions: { token_hash: string; user_name: string; created_at: Time; expires_at: Time }
  agent_sessions: {
    token_hash: string
    machine_id: string
    boot_id: string
    created_at: Time
    phase: Phase
    proven: Flag
  }
  run_tokens: { token_hash: string; run_id: string; machine_id: string; session_hash: string; created_at: Time }
  evidence: { run_id: string; record_id: string; at: Time; passed: Flag; items: Json }
  agent_keys: {
    key_hash: string
    machine_id: string
    run_id: string
    created_at: Time
    attempt: number
    accepted: Flag
  }
}
