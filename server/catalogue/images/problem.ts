export type ProblemParams = Readonly<Record<string, string | number | boolean>>

/** What went wrong with a source or an image, as data; its words stand in `errors.ts`. */
export type Problem = {
  readonly code: CatalogueCode
  readonly params: ProblemParams
  /** The program's own last words, for the log; never shown in place of the sentence. */
  readonly detail?: string
}

export type CatalogueCode =
  | 'WIM_NOT_A_WIM'
  | 'WIM_TRUNCATED'
  | 'WIM_DAMAGED'
  | 'WIM_SPLIT_PART'
  | 'WIM_ENCRYPTED'
  | 'WIM_NO_EDITION'
  | 'WIMLIB_MISSING'
  | 'WIMLIB_FAILED'
  | 'IMAGE_DUPLICATE'
  | 'IMAGE_NOT_FOUND'
  | 'IMPORT_NOT_FOUND'
  | 'IMPORT_BUSY'
  | 'EDITION_NOT_FOUND'
  | 'SOURCE_NOT_FOUND'
  | 'SOURCE_NOT_A_FILE'
  | 'SOURCE_CHANGED'
  | 'NO_SPACE'
  | 'UPLOAD_TOO_LARGE'
  | 'UPLOAD_OFFSET'
  | 'UPLOAD_COMPLETE'
  | 'CATALOGUE_FAILED'

/** Thrown by the catalogue when it cannot do what it was asked. */
export class CatalogueError extends Error {
  readonly code: CatalogueCode
  readonly params: ProblemParams
  readonly detail: string | undefined

  constructor(code: CatalogueCode, params: ProblemParams = {}, detail?: string) {
    super(`${code} ${JSON.stringify(params)}${detail === undefined ? '' : `: ${detail}`}`)
    this.name = 'CatalogueError'
    this.code = code
    this.params = params
    this.detail = detail
  }
}

/** What to store and show for any error: ours as it is, a full disk as NO_SPACE, anything else as CATALOGUE_FAILED with its message. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CatalogueError) {
    return { code: error.code, params: error.params, ...(error.detail === undefined ? {} : { detail: error.detail }) }
  }
  const detail = error instanceof Error ? error.message : String(error)
  if (isErrno(error, 'ENOSPC') || isErrno(error, 'EDQUOT')) return { code: 'NO_SPACE', params: {}, detail }
  return { code: 'CATALOGUE_FAILED', params: {}, detail }
}

/** Whether an error is the system's own with this code, as `ENOENT`. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
