import type { ErrorView } from '../../api/session/schema.ts'
import { language } from '../i18n/language.svelte.ts'

/** A refusal of the server in the reader's language, or the network's silence. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly fix: string
  /** The answer as it came, for refusals that carry more than words. */
  readonly body: unknown

  constructor(status: number, view: ErrorView, body: unknown) {
    super(view.message)
    this.name = 'ApiError'
    this.status = status
    this.code = view.code
    this.fix = view.fix
    this.body = body
  }
}

export type Request = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  json?: unknown
  raw?: { body: Blob | string; type: string }
  signal?: AbortSignal
}

/**
 * Asks our own server. The answer's type is what the server's schema of the same route says; the stand-in of the
 * browser tests and the server both validate against those schemas, so that here it is trusted.
 *
 * @throws ApiError when the server refuses (status ≥ 400) or cannot be reached (status 0, code `UNREACHABLE`)
 */
export async function ask<T>(path: string, request: Request = {}): Promise<T> {
  const headers: Record<string, string> = { 'accept-language': language() }
  const init: RequestInit = { method: request.method ?? 'GET', headers, credentials: 'same-origin' }
  if (request.signal !== undefined) init.signal = request.signal
  if (request.json !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(request.json)
  } else if (request.raw !== undefined) {
    headers['content-type'] = request.raw.type
    init.body = request.raw.body
  }
  const response = await fetch(path, init).catch((error: unknown) => {
    if (request.signal?.aborted) throw error
    throw new ApiError(0, { code: 'UNREACHABLE', message: String(error), fix: '' }, null)
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new ApiError(response.status, errorView(body, response.status), body)
  return body as T
}

function errorView(body: unknown, status: number): ErrorView {
  const view: Partial<ErrorView> = typeof body === 'object' && body !== null ? body : {}
  return { code: view.code ?? `HTTP_${status}`, message: view.message ?? `HTTP ${status}`, fix: view.fix ?? '' }
}
