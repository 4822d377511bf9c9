import dgram from 'node:dgram'
import { once } from 'node:events'
import type { Endpoint } from '../../server/tftp/transfer.ts'
import { seededRandom } from '../unit/server/tftp/simulated-network.ts'

export type Weather = { loss: number; duplication: number; reordering: number }

/**
 * Stands between clients and a TFTP server on loopback and treats datagrams as a bad network would: loses, doubles and
 * delays them by a seeded generator. Each port of the server is shown to the client as a port of its own, as a NAT does.
 */
export type Relay = { endpoint: Endpoint; mishaps: { lost: number; doubled: number; overtaken: number }; close(): void }

const LATE_MS = 8

export async function openRelay(server: Endpoint, weather: Weather, seed: number): Promise<Relay> {
  const random = seededRandom(seed)
  const sockets = new Set<dgram.Socket>()
  const delayed = new Set<NodeJS.Timeout>()
  const mishaps = { lost: 0, doubled: 0, overtaken: 0 }
  let isClosed = false

  function carry(send: () => void): void {
    if (random() < weather.loss) {
      mishaps.lost += 1
      return
    }
    if (random() < weather.duplication) {
      mishaps.doubled += 1
      send()
    }
    if (random() >= weather.reordering) return send()
    mishaps.overtaken += 1
    const timer = setTimeout(() => {
      delayed.delete(timer)
      if (!isClosed) send()
    }, LATE_MS * random())
    delayed.add(timer)
  }

  async function open(onMessage: (bytes: Buffer, from: Endpoint) => void): Promise<dgram.Socket> {
    const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
    sockets.add(socket)
    socket.on('message', onMessage)
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return socket
  }

  const forward = (socket: dgram.Socket, bytes: Buffer, to: Endpoint) =>
    carry(() => socket.send(bytes, to.port, to.address))

  /** One socket towards the server for each client, and one towards that client for each port the server answers from. */
  const towardsServer = new Map<number, Promise<dgram.Socket>>()

  function serverSide(client: Endpoint): Promise<dgram.Socket> {
    const known = towardsServer.get(client.port)
    if (known) return known
    const towardsClient = new Map<number, Promise<dgram.Socket>>()
    const made = open((bytes, from) => {
      const socket = towardsClient.get(from.port) ?? open((answer) => void made.then((s) => forward(s, answer, from)))
      towardsClient.set(from.port, socket)
      void socket.then((opened) => forward(opened, bytes, client))
    })
    towardsServer.set(client.port, made)
    return made
  }

  const entrance = await open((bytes, { address, port }) => {
    void serverSide({ address, port }).then((socket) => forward(socket, bytes, server))
  })
  return {
    endpoint: { address: '127.0.0.1', port: entrance.address().port },
    mishaps,
    close() {
      isClosed = true
      for (const timer of delayed) clearTimeout(timer)
      for (const socket of sockets) socket.close()
    },
  }
}
