/** The headers by which a file is fetched from a byte on (RFC 9110 §14): the agent asks, the server answers. */

/** The value of `Range`: all from byte `offset` on. */
export function rangeFrom(offset: number): string {
  return `bytes=${offset}-`
}

/** The value of `Content-Range`; `end` is the last byte sent. */
export function contentRange(start: number, end: number, sizeBytes: number): string {
  return `bytes ${start}-${end}/${sizeBytes}`
}

/** Where an answer begins by its `Content-Range`; null for a header that does not say. */
export function startOf(header: string | undefined): number | null {
  const start = /^bytes (\d{1,15})-/.exec(header ?? '')?.[1]
  return start === undefined ? null : Number(start)
}
