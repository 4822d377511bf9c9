import type { DeploymentView } from '../deployments/schema.ts'
import type { ImageView, ImportView } from '../images/schema.ts'
import type { MachineSummary } from '../machines/schema.ts'
import type { NewcomerListView } from '../netboot/schema.ts'
import type { RecordView } from '../stock/schema.ts'

/** What browsers get by SSE. Each event carries the whole thing that changed, so that a reader replaces and never patches. */
export type LiveEvent =
  | { type: 'machine'; machine: MachineSummary }
  | { type: 'machine-removed'; id: string }
  | { type: 'deployment'; deployment: DeploymentView }
  | { type: 'deployment-log'; deploymentId: string; stepId: string; from: number; lines: LogLineView[] }
  | { type: 'newcomers'; newcomers: NewcomerListView }
  | { type: 'record'; record: RecordView }
  | { type: 'image'; image: ImageView }
  | { type: 'image-removed'; id: string }
  | { type: 'import'; import: ImportView }
  | { type: 'import-removed'; id: string }

export type LogLineView = { at: string; level: 'info' | 'warning' | 'error' | 'output'; text: string }
