import type { FastifyInstance, FastifyRequest } from 'fastify'
import { areaOf, decideDoor, type DoorSettings } from './door.ts'
import { agentRefusal, requestRefusal } from './messages.ts'

export type DoorServices = {
  doors: DoorSettings & {
    /** Of the encrypted door. */
    tlsPort: () => number
    /** Whether a connection between these two addresses goes over the workshop's interface. */
    isOnBench: (local: string, remote: string) => boolean
  }
}

/** Serves each request at the door it may come through, leads browsers to the right one, and refuses the rest. */
export function addDoors(app: FastifyInstance, { doors }: DoorServices): void {
  app.addHook('onRequest', async (request, reply) => {
    const { localAddress = '', remoteAddress = '' } = request.socket
    const caller = {
      encrypted: request.protocol === 'https',
      local: isLoopback(remoteAddress),
      get onBench() {
        return doors.isOnBench(withoutMapping(localAddress), withoutMapping(remoteAddress))
      },
    }
    const decision = decideDoor(areaOf(request.url), caller, doors)
    if (decision.kind === 'open') return undefined
    const address = encryptedAddress(request, doors.tlsPort())
    if (decision.kind === 'redirect') {
      // Not for good: the operator may let plain HTTP in tomorrow.
      return reply.header('cache-control', 'no-store').redirect(`${address}${request.url}`, 307)
    }
    switch (decision.why) {
      case 'AGENT_NEEDS_TLS':
        throw agentRefusal('AGENT_NEEDS_TLS')
      case 'HTTPS_REQUIRED':
        throw requestRefusal('HTTPS_REQUIRED', { address })
      case 'DASHBOARD_ELSEWHERE':
        throw requestRefusal('DASHBOARD_ELSEWHERE')
    }
  })
}

/** At the name the caller used, where that is one. */
function encryptedAddress({ headers, socket }: FastifyRequest, port: number): string {
  const asked = URL.parse(`http://${headers.host ?? ''}`)
  return `https://${asked === null ? withoutMapping(socket.localAddress ?? '') : asked.hostname}:${port}`
}

/** All of 127.0.0.0/8 (RFC 1122 §3.2.1.3), and ::1. Linux takes none of them from a wire. */
function isLoopback(address: string): boolean {
  return address === '::1' || withoutMapping(address).startsWith('127.')
}

/** An IPv4 client of a dual-stack socket shows as ::ffff:10.0.0.51. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:/, '')
}
