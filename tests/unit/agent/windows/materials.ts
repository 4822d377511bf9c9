import { createHash } from 'node:crypto'
import { IncomingMessage } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Socket } from 'node:net'
import type { MaterialFile } from '../../../../agent/protocol/materials.ts'

export function materialFile(path: string, content: string): MaterialFile {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { path, sizeBytes: Buffer.byteLength(content), sha256 }
}

/** Lays a file down as the environment would. */
export function lay(folder: string, path: string, content: string): void {
  const file = join(folder, ...path.split('/'))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

/** The server's route for materials: gives those contents, by hash, and keeps what was asked. */
export function openMaterials(contents: readonly string[]) {
  const asked: string[] = []
  const open = (path: string): Promise<IncomingMessage> => {
    asked.push(path)
    const sha256 = path.split('/').at(-1)
    const content = contents.find((one) => createHash('sha256').update(one).digest('hex') === sha256)
    const response = new IncomingMessage(new Socket())
    response.statusCode = content === undefined ? 404 : 200
    if (content !== undefined) response.push(Buffer.from(content))
    response.push(null)
    return Promise.resolve(response)
  }
  return { open, asked }
}
