/** Sends crafted datagrams from port 67 or 68 of eth0 and says each answer in hexadecimal: `node client.ts '{…}'`. */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { openUdpSocket } from '../../../server/sockets/udp-socket.ts'
import type { ClientOrder } from './bench.ts'

const order: ClientOrder = JSON.parse(process.argv[2] ?? '{}')
const socket = await openUdpSocket({ address: '0.0.0.0', port: order.port, device: 'eth0', broadcast: true })
socket.on('message', (bytes) => process.stdout.write(`${bytes.toString('hex')}\n`))
const messages = typeof order.messages === 'string' ? readFileSync(order.messages, 'utf8').split('\n') : order.messages
for (const message of messages) {
  socket.send(Buffer.from(message, 'hex'), 67, order.to)
  await delay(order.waitMs / messages.length)
}
socket.close()
