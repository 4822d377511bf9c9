import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** The value, if it is what the schema says; a mistake of the stand-in's otherwise. */
export function checked<S extends TSchema>(schema: S, value: Static<S>): Static<S> {
  const [error] = Value.Errors(schema, value)
  if (error !== undefined) throw new Error(`stand-in: ${error.instancePath} ${error.message}`)
  return value
}
