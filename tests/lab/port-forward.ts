import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A port of a network namespace, reached on this machine's 127.0.0.1. */
export type PortForward = { url: string; close(): Promise<void> }

/**
 * Forwards one port of a network namespace to this machine's loopback, and nowhere else: the two sides meet at a Unix
 * socket, which is a file and so seen from both, and no address, route or bridge of the real network is touched.
 *
 * @param namespace - where the server listens
 * @param port - its TCP port on the namespace's own 127.0.0.1
 * @param localPort - the port on our 127.0.0.1; 0 takes a free one
 */
export async function forwardPort(namespace: string, port: number, localPort = 0): Promise<PortForward> {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-port-'))
  const path = join(folder, 'socket')
  const inside = ['socat', `UNIX-LISTEN:${path},fork`, `TCP:127.0.0.1:${port}`]
  const tunnel = spawn('ip', ['netns', 'exec', namespace, ...inside], { stdio: 'ignore' })
  while (!existsSync(path)) {
    if (tunnel.exitCode !== null) throw new Error(`socat ended with ${tunnel.exitCode}`)
    await sleep(20)
  }

  const server = createServer((client) => {
    const through = connect(path)
    const shut = () => {
      client.destroy()
      through.destroy()
    }
    client.on('error', shut).on('close', shut)
    through.on('error', shut).on('close', shut)
    client.pipe(through).pipe(client)
  })
  server.listen(localPort, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close()
      tunnel.kill()
      if (tunnel.exitCode === null && tunnel.signalCode === null) await once(tunnel, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
