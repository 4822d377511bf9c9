import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { agentPaths } from '../../../agent/protocol/paths.ts'
import type { ImageCatalogue } from '../../catalogue/images/image-catalogue.ts'
import { pinnedFiles } from '../../catalogue/materials/pinned-files.ts'
import type { MaterialPath } from '../../catalogue/materials/run-materials.ts'
import type { Run } from '../../deployments/run/run.ts'
import { agentRefusal } from '../messages.ts'
import { CatalogueError } from '../../catalogue/images/problem.ts'
import { sendFile } from '../file-stream.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { bearerToken } from '../token.ts'
import type { RunTokens } from './run-tokens.ts'

export type AgentFileServices = {
  runTokens: RunTokens
  catalogue: { images: Pick<ImageCatalogue, 'filePath' | 'find'> }
  materialPath: MaterialPath
}

const BySha256 = Type.Object({ sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) })
const contentType = 'application/octet-stream'

/** What a run has pinned, for its own agent and as long as it lives: the image and the materials. */
export function agentFileRoutes({ runTokens, catalogue, materialPath }: AgentFileServices): FastifyPluginAsyncTypebox {
  /** What of the bearer's run `pinned` finds; a run without it is no business of the bearer's. */
  async function pinnedFor<T>(request: FastifyRequest, pinned: (run: Run) => T | undefined) {
    const rights = await runTokens.rights(bearerToken(request.headers.authorization))
    if (rights.kind === 'superseded') throw agentRefusal('RUN_TOKEN_UNKNOWN')
    const found = pinned(rights.run)
    if (found === undefined) throw agentRefusal('RUN_TOKEN_FOREIGN')
    if (rights.kind === 'over') throw agentRefusal('RUN_TOKEN_EXPIRED')
    return { run: rights.run, found }
  }
  return async (app) => {
    app.get(
      `${agentPaths.images}:id`,
      { schema: { hide: true, params: ById, response: { 403: ErrorView, 404: ErrorView } } },
      async (request, reply) => {
        const { id } = request.params
        const { found } = await pinnedFor(request, (run) => (run.image?.id === id ? run.image : undefined))
        const image = catalogue.images.find(id)
        const path = catalogue.images.filePath(id)
        if (!image || !path || image.sha256 !== found.sha256) throw new CatalogueError('IMAGE_NOT_FOUND', { id })
        const { sizeBytes, sha256: etag, preparedAt } = image
        return sendFile(request, reply, { path, contentType, sizeBytes, etag, mtime: new Date(preparedAt) })
      },
    )
    app.get(
      `${agentPaths.materials}:sha256`,
      { schema: { hide: true, params: BySha256, response: { 403: ErrorView, 404: ErrorView } } },
      async (request, reply) => {
        const { sha256 } = request.params
        const { run, found } = await pinnedFor(request, ({ materials }) => {
          const file = materials && pinnedFiles(materials).find((one) => one.sha256 === sha256)
          return file ? { materials, file } : undefined
        })
        const place = await materialPath(sha256, found.materials)
        if (place === null) throw agentRefusal('MATERIAL_NOT_FOUND', { path: found.file.path })
        return sendFile(request, reply, { ...place, contentType, etag: sha256, mtime: run.createdAt })
      },
    )
  }
}
