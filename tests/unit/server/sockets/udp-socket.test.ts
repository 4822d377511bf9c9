import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, readlinkSync, readdirSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openUdpSocket } from '../../../../server/sockets/udp-socket.ts'

/** Sockets this process holds, by the names the kernel gives them. */
const ownSockets = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`)
      return target.startsWith('socket:') ? [target] : []
    } catch (error) {
      // The folder's own descriptor is gone again by the time it is looked at.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
      throw error
    }
  })

test('lets one send leave as many datagrams', async () => {
  const receiver = await openUdpSocket({ address: '127.0.0.1', port: 0 })
  const sender = await openUdpSocket({ address: '127.0.0.1', port: 0, segmentBytes: 100 })
  const sizes: number[] = []
  const all = new Promise<void>((resolve) => {
    receiver.on('message', ({ length }) => sizes.push(length) === 3 && resolve())
  })
  sender.send(Buffer.alloc(250), receiver.address().port, '127.0.0.1')
  await all
  expect(sizes).toEqual([100, 100, 50])
  receiver.close()
  sender.close()
})

test('keeps its port from the programs we start', async () => {
  const before = new Set(ownSockets())
  const socket = await openUdpSocket({ address: '127.0.0.1', port: 0 })
  const [opened] = ownSockets().filter((name) => !before.has(name))
  const folder = mkdtempSync(join(tmpdir(), 'etabli-udp-'))
  const output = openSync(join(folder, 'list'), 'w')
  spawnSync('ls', ['-l', '/proc/self/fd'], { stdio: ['ignore', output, 'ignore'] })
  closeSync(output)
  expect(opened).toMatch(/^socket:\[\d+\]$/)
  expect(readFileSync(join(folder, 'list'), 'utf8')).not.toContain(opened)
  rmSync(folder, { recursive: true })
  socket.close()
  await once(socket, 'close')
})

test('says which address is taken, as Node’s own sockets do', async () => {
  const first = await openUdpSocket({ address: '127.0.0.1', port: 0 })
  const second = openUdpSocket({ address: '127.0.0.1', port: first.address().port })
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  first.close()
})
