import { connect, createServer, type Socket } from 'node:net'
import { listenAt, ownLoopbackAddress } from '../machine/loopback.ts'

/** A network cable between a machine and the server: TCP passes through it while it is plugged in. */
export type Cable = {
  /** What the machine takes for the server. */
  url: string
  /** Every byte that went through it, either way, as somebody who listens on it hears them. */
  overheard(): Buffer
  unplug(): Promise<void>
  plugIn(): Promise<void>
}

/** @param target - where it leads, asked at every connection: a server that was started again has another port */
export async function layCable(target: () => URL, plugged: boolean = true): Promise<Cable> {
  const open = new Set<Socket>()
  const heard: Buffer[] = []
  const take = (near: Socket): void => {
    const { hostname, port } = target()
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
      open.add(socket)
      socket.once('close', () => {
        open.delete(socket)
        other.destroy()
      })
      // What it was is told by the other side's silence, as on a real cable.
      socket.on('error', () => socket.destroy())
    }
    near.on('data', (data: Buffer) => heard.push(data))
    far.on('data', (data: Buffer) => heard.push(data))
    near.pipe(far)
    far.pipe(near)
  }
  const address = ownLoopbackAddress()
  let server = createServer(take)
  const port = await listenAt(server, address, 0)
  const unplug = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of open) socket.destroy()
    await closed
  }
  if (!plugged) await unplug()
  return {
    url: `https://${address}:${port}`,
    overheard: () => Buffer.concat(heard),
    unplug,
    plugIn: async () => {
      server = createServer(take)
      await listenAt(server, address, port)
    },
  }
}
