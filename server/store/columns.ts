/** A value as its JSON text; the reading side trusts it, since nobody but the store writes it. */
export function toJson(value: unknown): string {
  return JSON.stringify(value)
}

/** The value of a JSON text that this store wrote. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text)
}

/** `fromJson` for a column that may be empty. */
export function fromMaybeJson<T>(text: string | null): T | null {
  return text === null ? null : fromJson<T>(text)
}

/** `toJson` for a column that may be empty. */
export function toMaybeJson(value: unknown): string | null {
  return value === null || value === undefined ? null : toJson(value)
}

/** The time of a column that its row's state demands. */
export function requiredTime(text: string | null, column: string): Date {
  if (text === null) throw new Error(`a row of the database has no ${column}`)
  return new Date(text)
}

/** What one statement may bind (32,766 values in SQLite) and what may be read before others have a turn, with room to spare. */
const ROWS_AT_ONCE = 500

/** Values in portions that one statement takes. */
export function chunksOf<T>(values: readonly T[]): T[][] {
  const chunks: T[][] = []
  for (let start = 0; start < values.length; start += ROWS_AT_ONCE)
    chunks.push(values.slice(start, start + ROWS_AT_ONCE))
  return chunks
}
