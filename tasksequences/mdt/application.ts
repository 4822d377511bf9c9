import type { SoftwareManifest } from '../../images/software/manifest.ts'
import type { ListEntry } from './list-file.ts'
import type { Outcome } from './report.ts'

/** What installing an application of the share is here. */
export type Installing =
  | { readonly by: 'package'; readonly id: string; readonly manifest: SoftwareManifest; readonly restarts: boolean }
  /** A group: what it depends on, by guid. */
  | { readonly by: 'bundle'; readonly guids: readonly string[]; readonly restarts: boolean }
  | {
      readonly by: 'script'
      readonly language: 'powershell' | 'cmd'
      readonly path: string
      readonly script: string
      readonly restarts: boolean
    }
  | { readonly by: 'nothing' }

/** An application of the share, and what became of it. */
export type Application = {
  readonly entry: ListEntry
  readonly installing: Installing
  readonly outcome: Outcome
  /** The folder of the share that holds its installer; null where it is elsewhere or not known. */
  readonly folder: string | null
}
