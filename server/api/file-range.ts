/** What is known of a file that is served. */
export type ServedFile = {
  readonly sizeBytes: number
  /** A strong entity tag, without its quotes. */
  readonly etag: string
  readonly mtime: Date
}

/** The request headers that decide, by their lower-case names. */
export type RangeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** What a GET or HEAD of a file is answered with. `end` is the last byte, as in Content-Range. */
export type RangeDecision =
  | { readonly status: 200 }
  | { readonly status: 206; readonly start: number; readonly end: number }
  | { readonly status: 304 }
  | { readonly status: 412 }
  | { readonly status: 416 }

/**
 * Decides by RFC 9110 §13.2.2 (order of preconditions) and §14.2 (ranges). Several ranges at once, and a Range nobody
 * can read, are answered with the whole file, as §14.2 allows.
 */
export function decideRange(headers: RangeHeaders, file: ServedFile): RangeDecision {
  const ifMatch = single(headers['if-match'])
  if (ifMatch !== undefined && !listHas(ifMatch, file.etag, 'strong')) return { status: 412 }
  const ifNoneMatch = single(headers['if-none-match'])
  if (ifNoneMatch !== undefined) {
    if (listHas(ifNoneMatch, file.etag, 'weak')) return { status: 304 }
  } else if (isNotModifiedSince(single(headers['if-modified-since']), file.mtime)) return { status: 304 }
  const range = single(headers['range'])
  if (range === undefined || !isCurrent(single(headers['if-range']), file)) return { status: 200 }
  return readRange(range, file.sizeBytes)
}

/** RFC 9110 §14.1.2: `bytes=first-last`, `bytes=first-`, `bytes=-suffix`. */
function readRange(range: string, sizeBytes: number): RangeDecision {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(range)
  const [, first = '', last = ''] = match ?? []
  if (match === null || (first === '' && last === '')) return { status: 200 }
  if (first === '') {
    const suffix = Number(last)
    if (suffix === 0 || sizeBytes === 0) return { status: 416 }
    return { status: 206, start: Math.max(0, sizeBytes - suffix), end: sizeBytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  if (last !== '' && Number(last) < start) return { status: 200 }
  return start >= sizeBytes ? { status: 416 } : { status: 206, start, end }
}

/** RFC 9110 §13.1.5: a range is only good for the file it began with, by strong tag or by its exact time. */
function isCurrent(ifRange: string | undefined, file: ServedFile): boolean {
  if (ifRange === undefined) return true
  if (ifRange.startsWith('"') || ifRange.startsWith('W/')) return ifRange === `"${file.etag}"`
  return Date.parse(ifRange) === wholeSeconds(file.mtime)
}

function isNotModifiedSince(since: string | undefined, mtime: Date): boolean {
  return since !== undefined && wholeSeconds(mtime) <= Date.parse(since)
}

function listHas(list: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true
  const tags = list.split(',').map((tag) => tag.trim())
  return tags.includes(`"${etag}"`) || (comparison === 'weak' && tags.includes(`W/"${etag}"`))
}

function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}
