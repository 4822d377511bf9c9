import { ApiError } from '../api/client.ts'
import { shop } from './store.svelte.ts'

/** A server that is there and could not answer is asked again after this long. */
const againMs = 5000

export type Reading<T> = {
  /** The last answer; null until there is one. */
  readonly value: T | null
  readonly error: unknown
}

/**
 * What a panel asks the server for by itself: when it appears, when `moment` changes, and after every reconnection, since
 * nobody told this page what happened meanwhile. Called while a component is made; ends with it.
 */
export function reading<T>(moment: () => unknown, ask: () => Promise<T>): Reading<T> {
  let value = $state.raw<T | null>(null)
  let error = $state.raw<unknown>(null)
  let tries = $state(0)

  $effect(() => {
    void [moment(), tries]
    if (shop.readings === 0) return
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | null = null
    ask().then(
      (found) => {
        if (!isOver) [value, error] = [found, null]
      },
      (refusal: unknown) => {
        if (isOver) return
        error = refusal
        if (isPassing(refusal)) timer = setTimeout(() => (tries += 1), againMs)
      },
    )
    return () => {
      isOver = true
      if (timer !== null) clearTimeout(timer)
    }
  })

  return {
    get value() {
      return value
    },
    get error() {
      return error
    },
  }
}

/** Silence, or a server that stumbled; what it refuses, it refuses again. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500)
}
