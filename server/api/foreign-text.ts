import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requestRefusal } from './messages.ts'

/** Our deepest body, an agent's report of evidence, has eight levels. */
const deepest = 32

export type TextFault = { fault: 'nul' | 'deep'; where: string }

/**
 * What no text and no database of ours takes, whatever a schema says: the character U+0000, which PostgreSQL refuses
 * (https://www.postgresql.org/docs/current/datatype-character.html) and C programs end a text at; and values nested so
 * deep that writing them out ends the stack. Null when there is nothing of it. Keeps its own stack, so that no depth
 * ends the program's.
 */
export function findTextFault(value: unknown, where: string): TextFault | null {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one.value === 'string') {
      if (one.value.includes('\0')) return { fault: 'nul', where }
    } else if (typeof one.value === 'object' && one.value !== null) {
      if (one.depth >= deepest) return { fault: 'deep', where }
      for (const [key, inner] of Object.entries(one.value)) {
        if (key.includes('\0')) return { fault: 'nul', where }
        open.push({ value: inner, depth: one.depth + 1 })
      }
    }
  }
  return null
}

/** Refuses such a request before its route's schema and service see it, on every route of `app`. */
export function refuseForeignText(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    const found = faultOf(request)
    if (found === null) return
    throw found.fault === 'nul'
      ? requestRefusal('TEXT_WITH_NUL', { where: found.where })
      : requestRefusal('BODY_TOO_DEEP', { deepest })
  })
}

function faultOf({ params, query, body }: FastifyRequest): TextFault | null {
  // The bytes of an upload are nobody's text.
  const parsed = body instanceof Readable || body instanceof Uint8Array ? null : body
  return findTextFault(params, 'params') ?? findTextFault(query, 'query') ?? findTextFault(parsed, 'body')
}
