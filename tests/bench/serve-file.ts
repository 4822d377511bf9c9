import Fastify from 'fastify'
import { statSync } from 'node:fs'
import { sendFile } from '../../server/api/file-stream.ts'

/** Serves one file at `/file` as the server serves images, in a process of its own; prints its port. */
const path = process.argv[2] ?? ''
const { size, mtime } = statSync(path)
const server = Fastify({ logger: false })
server.get('/file', (request, reply) =>
  sendFile(request, reply, { path, sizeBytes: size, etag: 'bench', mtime, contentType: 'application/octet-stream' }),
)
await server.listen({ host: '127.0.0.1', port: 0 })
const address = server.server.address()
console.log(typeof address === 'object' && address !== null ? address.port : '')
