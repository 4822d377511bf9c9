import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type Door = { url: string; close(): Promise<void> }

/**
 * Opens one port of a network namespace on this machine's loopback, and nowhere else: a Unix socket crosses the wall
 * between namespaces, so no address, route or bridge of the real network is touched.
 *
 * @param namespace - where the server listens
 * @param port - its TCP port on the namespace's own 127.0.0.1
 * @param localPort - the port on our 127.0.0.1; 0 takes a free one
 */
export async function openDoor(namespace: string, port: number, localPort = 0): Promise<Door> {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-door-'))
  const path = join(folder, 'socket')
  const inside = ['socat', `UNIX-LISTEN:${path},fork`, `TCP:127.0.0.1:${port}`]
  const tunnel = spawn('ip', ['netns', 'exec', namespace, ...inside], { stdio: 'ignore' })
  for (let tries = 0; !existsSync(path) && tries < 100; tries += 1) await sleep(20)

  const door = createServer((visitor) => {
    const through = connect(path)
    const shut = () => {
      visitor.destroy()
      through.destroy()
    }
    visitor.on('error', shut).on('close', shut)
    through.on('error', shut).on('close', shut)
    visitor.pipe(through).pipe(visitor)
  })
  door.listen(localPort, '127.0.0.1')
  await once(door, 'listening')
  const address = door.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP door has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      door.close()
      tunnel.kill()
      if (tunnel.exitCode === null && tunnel.signalCode === null) await once(tunnel, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
