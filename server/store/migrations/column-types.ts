/** The few words in which the two databases' table definitions differ. */
export type SqlWords = {
  /** A number the database gives, growing, never used twice. */
  identity: string
  /** A 64-bit floating point number. */
  real: string
  /** What follows a table's closing parenthesis. */
  strict: string
}

export const sqlWords: Readonly<Record<'sqlite' | 'postgresql', SqlWords>> = {
  sqlite: { identity: 'INTEGER PRIMARY KEY AUTOINCREMENT', real: 'REAL', strict: ' STRICT' },
  postgresql: {
    identity: 'INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    real: 'DOUBLE PRECISION',
    strict: '',
  },
}
