import { Type } from 'typebox'

/** `/:id`: every id of ours is made of these. */
export const ById = Type.Object({ id: Type.String({ pattern: '^[\\w.-]{1,128}$' }) })

/** A whole number in a query string, which is text until somebody reads it. */
export const WholeNumber = Type.String({ pattern: '^\\d{1,15}$' })
