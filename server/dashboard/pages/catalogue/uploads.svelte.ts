import { SvelteMap } from 'svelte/reactivity'
import type { ImportView } from '../../../api/images/schema.ts'
import * as calls from '../../api/calls.ts'
import { ApiError } from '../../api/client.ts'
import type { Told } from '../../state/hearing.ts'
import { shop, tellAnswer } from '../../state/store.svelte.ts'
import { resumable, uploadFile, type Upload } from './upload.ts'

/** What this browser sends now, by import: it goes on while one looks at other pages. */
const running = new SvelteMap<string, Upload>()
const lives = new SvelteMap<string, AbortController>()

export function uploadOf(id: string): Upload | undefined {
  return running.get(id)
}

/**
 * Sends a file, going on where an earlier try stopped.
 *
 * @throws ApiError when the server refuses it
 */
export async function sendFile(file: File): Promise<void> {
  const begun = resumable(Object.values(shop.state.imports), file)
  if (begun !== null && lives.has(begun.id)) return
  const target = begun ?? (await tellAnswer(calls.openUpload(file.name, file.size), asImport))
  const life = new AbortController()
  lives.set(target.id, life)
  try {
    await uploadFile(file, target.receivedBytes, callsFor(target.id, life.signal), (upload) => {
      running.set(target.id, upload)
    })
  } catch (error) {
    if (!life.signal.aborted) throw error
  } finally {
    lives.delete(target.id)
    running.delete(target.id)
  }
}

/** Stops sending; what arrived stays with the server until the import is removed. */
export function stopSending(id: string): void {
  lives.get(id)?.abort()
}

const asImport = (answer: ImportView): Told => ({ type: 'import', import: answer })

function callsFor(id: string, signal: AbortSignal) {
  return {
    send: async (offset: number, chunk: Blob): Promise<ImportView> => {
      return await tellAnswer(calls.sendChunk(id, offset, chunk, signal), asImport)
    },
    find: async () => (await calls.listImports()).find((one) => one.id === id) ?? null,
    /** A silent or overloaded server comes back; a wrong offset is what asking again puts right. */
    isPassing: (error: unknown): boolean =>
      error instanceof ApiError &&
      !signal.aborted &&
      (error.status === 0 || error.status >= 500 || error.code === 'UPLOAD_OFFSET'),
    pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    now: () => performance.now(),
  }
}
