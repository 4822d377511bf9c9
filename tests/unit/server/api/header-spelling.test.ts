import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { SpelledResponse } from '../../../../server/api/header-spelling.ts'

/** The bytes of an answer as they cross the wire: every HTTP library we could ask would hide the spelling. */
async function answerTo(path: string): Promise<string> {
  const app = fastify({ http: { ServerResponse: SpelledResponse } })
  app.get('/text', async () => 'set timeout=0')
  app.get('/stream', (_request, reply) => reply.header('content-length', 5).send(Readable.from(['vmlin'])))
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = new URL(app.listeningOrigin)
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  const answer = await text(socket)
  await app.close()
  return answer
}

test.each(['/text', '/stream'])('spells Content-Length of %s as GRUB looks for it', async (path) => {
  const answer = await answerTo(path)
  expect(answer).toMatch(/^Content-Length: \d+\r$/m)
  expect(answer.match(/content-length/gi)).toHaveLength(1)
})
