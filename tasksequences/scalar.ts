import { Type, type Static } from 'typebox'

/** The value a variable may have. */
export const Scalar = Type.Union([Type.String({ maxLength: 4096 }), Type.Number(), Type.Boolean()])
export type Scalar = Static<typeof Scalar>

/** Values of variables by their names. */
export type Variables = Record<string, Scalar>
