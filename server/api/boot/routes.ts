import { join } from 'node:path'
import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { machineConfig } from '../../netboot/boot-files.ts'
import type { AgentServer } from '../../netboot/grub-config.ts'
import type { AddressBook } from '../../netboot/addresses.ts'
import type { BootService } from '../../netboot/boot-service.ts'
import type { CardUsers } from '../../netboot/card-users.ts'
import type { Environment, EnvironmentFolder } from '../../netboot/environment-folder.ts'
import type { BootProgress } from '../../netboot/boot-progress.ts'
import { isLoader, type LoaderConnections } from '../../netboot/loader-connections.ts'
import {
  bootChosen,
  bootUndecided,
  environmentFileOutdated,
  environmentFileServed,
  environmentMissing,
} from '../../netboot/trace-messages.ts'
import { requestRefusal } from '../messages.ts'
import { sendFile } from '../file-stream.ts'

/** Network boot; null when the server has no address that machines could reach. */
export type BootServices = {
  boot: {
    service: BootService
    environmentFolder: EnvironmentFolder
    progress: BootProgress
    addresses: AddressBook
    cards: CardUsers
    connections: Pick<LoaderConnections, 'carried'>
    /** `ADDRESS:PORT` of this server, as machines reach it; asked late, since the port may be any free one. */
    server: () => string
    /** Where their agents reach it, and what they know it by. */
    agents: () => AgentServer
  } | null
}

const Asking = Type.Object({
  mac: Type.String({ pattern: '^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$' }),
  /** As GRUB's module smbios writes it; not there from a GRUB without that module. */
  uuid: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F-]{36}$' })),
})
const FilePlace = Type.Object({
  version: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  name: Type.String({ pattern: '^[\\w.-]{1,100}$' }),
})

/** What GRUB and the initrd load by HTTP. Nothing here is secret: anyone on the bench may ask. */
export function bootRoutes({ boot }: BootServices): FastifyPluginAsyncTypebox {
  return async (app) => {
    if (!boot) return
    const { service, environmentFolder, progress, addresses, cards, connections, server, agents } = boot
    app.addHook('onRequest', async ({ headers, raw }) => {
      if (isLoader(headers['user-agent'])) connections.carried(raw.socket)
    })
    app.get('/grub/:mac/:uuid?', { schema: { hide: true, params: Asking } }, async (request, reply) => {
      const mac = request.params.mac.toLowerCase()
      addresses.learn(request.ip, mac)
      const { uuid } = request.params
      const requester = uuid === undefined ? cards.seen(mac) : cards.noted(mac, uuid)
      const [decided, environment] = await Promise.all([service.intentOf(requester), environmentFolder.current()])
      const intent = decided?.intent ?? null
      const lacking = intent?.intent === 'environment' && !environment
      progress.record(
        requester,
        decided ? (lacking ? environmentMissing : bootChosen(decided, mac)) : bootUndecided,
        'loader',
      )
      request.log.info(
        {
          ...requester,
          machine: decided?.machine?.id ?? null,
          intent: intent?.intent ?? null,
          environment: environment?.version ?? null,
        },
        'boot intent',
      )
      reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store')
      return machineConfig({ intent, environment, mac, server: server(), agents: agents() })
    })
    app.get('/environment/:version/:name', { schema: { hide: true, params: FilePlace } }, async (request, reply) => {
      const { version, name } = request.params
      const environment = await environmentFolder.current()
      const file = environment?.version === version ? environment.file(name) : undefined
      const mac = addresses.macOf(request.ip)
      if (!environment || !file) {
        if (mac) progress.record(cards.requesterOf(mac), environmentFileOutdated(name))
        throw requestRefusal('NOT_FOUND', { what: name })
      }
      if (mac) progress.record(cards.requesterOf(mac), environmentFileServed(name), stageOf(environment, name))
      return sendFile(request, reply, {
        path: join(environment.folder, name),
        contentType: 'application/octet-stream',
        sizeBytes: file.sizeBytes,
        etag: file.sha256,
        mtime: environment.builtAt,
      })
    })
  }
}

function stageOf({ manifest }: Environment, name: string): 'kernel' | 'root' {
  return manifest.layers.includes(name) ? 'root' : 'kernel'
}
