import type { CodeOf, Params, ParamsOf } from '../../../text/messages.ts'
import { isErrno } from '../files/system-error.ts'
import { Refusal } from '../../refusal/refusal.ts'
import { catalogueErrors } from './errors.ts'

export type CatalogueCode = CodeOf<typeof catalogueErrors>

/** What went wrong with a source or an image, as data; its sentences stand in `errors.ts`. */
export type Problem = {
  readonly code: CatalogueCode
  readonly params: Params
  /** The program's last lines of output, for the log; never shown in place of the sentence. */
  readonly detail?: string
}

/** Thrown by the catalogue of images when it cannot do what it was asked. */
export class CatalogueError<Code extends CatalogueCode = CatalogueCode> extends Refusal {
  declare readonly code: CatalogueCode
  readonly detail: string | undefined

  constructor(code: Code, params: ParamsOf<typeof catalogueErrors, Code>, detail?: string) {
    super(catalogueErrors, code, params)
    this.name = 'CatalogueError'
    this.detail = detail
  }
}

/** What to store and show for any error: ours as it is, a full disk as SERVER_DISK_FULL, anything else as CATALOGUE_FAILED with its message. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CatalogueError) {
    return { code: error.code, params: error.params, ...(error.detail === undefined ? {} : { detail: error.detail }) }
  }
  const detail = error instanceof Error ? error.message : String(error)
  if (isErrno(error, 'ENOSPC') || isErrno(error, 'EDQUOT')) return { code: 'SERVER_DISK_FULL', params: {}, detail }
  return { code: 'CATALOGUE_FAILED', params: {}, detail }
}
