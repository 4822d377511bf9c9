import type { EvidenceItem } from '../../agent/protocol/evidence.ts'

/** What a run's check has measured, kept with the record. */
export type KeptEvidence = { runId: string; recordId: string; at: Date; passed: boolean; items: EvidenceItem[] }

/** Its verdict without what was measured. */
export type EvidenceVerdict = Omit<KeptEvidence, 'items'>
