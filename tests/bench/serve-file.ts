import Fastify from 'fastify'
import { statSync } from 'node:fs'
import { sendFile } from '../../server/api/file-stream.ts'

/** Serves one file at `/file` as the server serves images, in a process of its own, over TLS where it is given a key; prints its port. */
const path = process.argv[2] ?? ''
const { BENCH_KEY: key, BENCH_CERT: cert } = process.env
const { size, mtime } = statSync(path)
const tls = key === undefined || cert === undefined ? {} : { https: { key, cert, minVersion: 'TLSv1.3' as const } }
const server = Fastify({ logger: false, ...tls })
server.get('/file', (request, reply) =>
  sendFile(request, reply, { path, sizeBytes: size, etag: 'bench', mtime, contentType: 'application/octet-stream' }),
)
await server.listen({ host: '127.0.0.1', port: 0 })
const address = server.server.address()
console.log(typeof address === 'object' && address !== null ? address.port : '')
