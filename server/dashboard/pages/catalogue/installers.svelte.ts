import { SvelteMap } from 'svelte/reactivity'
import * as calls from '../../api/calls.ts'
import { ApiError } from '../../api/client.ts'
import { refreshCatalogue } from './lists.svelte.ts'
import { uploadFile, type Received, type Upload } from './upload.ts'

/** Installers this browser sends now, by package: it goes on while one looks at other pages. */
const running = new SvelteMap<string, Upload>()
const lives = new SvelteMap<string, AbortController>()

export function installerUploadOf(id: string): Upload | undefined {
  return running.get(id)
}

/**
 * Sends an installer into its package's folder, from its beginning.
 *
 * @throws ApiError when the server refuses it
 */
export async function sendInstaller(id: string, name: string, file: File): Promise<void> {
  if (lives.has(id)) return
  const life = new AbortController()
  lives.set(id, life)
  try {
    await uploadFile(file, 0, callsFor({ id, name, file }, life.signal), (upload) => running.set(id, upload))
  } catch (error) {
    if (!life.signal.aborted) throw error
  } finally {
    lives.delete(id)
    running.delete(id)
    await refreshCatalogue()
  }
}

export function stopInstaller(id: string): void {
  lives.get(id)?.abort()
}

/** `crypto.randomUUID` is there over HTTPS only. */
function newUploadId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function callsFor({ id, name, file }: { id: string; name: string; file: File }, signal: AbortSignal) {
  const arriving = { id, name, upload: newUploadId() }
  const received = (receivedBytes: number): Received => ({
    state: receivedBytes === file.size ? 'done' : 'uploading',
    receivedBytes,
  })
  return {
    send: async (offset: number, chunk: Blob) =>
      received((await calls.sendInstallerChunk({ ...arriving, offset, size: file.size }, chunk, signal)).receivedBytes),
    find: async () => received((await calls.readReceived(arriving)).receivedBytes),
    isPassing: (error: unknown): boolean =>
      error instanceof ApiError &&
      !signal.aborted &&
      (error.status === 0 || (error.status >= 500 && error.code !== 'NO_SPACE') || error.code === 'UPLOAD_OFFSET'),
    pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    now: () => performance.now(),
  }
}
