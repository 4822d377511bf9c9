import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, normalize } from 'node:path'
import { pipeline } from 'node:stream'

/**
 * Serves a folder and prints what is posted: `node tests/lab/stand-in-server.ts FOLDER ADDRESS PORT`, run inside a lab namespace in the
 * place of the real server when only the boot environment is tried. Each request becomes a line of JSON on standard output.
 */
const [folder = '', address = '127.0.0.1', port = '8080'] = process.argv.slice(2)

const say = (event: Record<string, unknown>): void =>
  void process.stdout.write(`${JSON.stringify({ at: Date.now(), ...event })}\n`)

createServer((request, response) => {
  const path = normalize(decodeURIComponent(request.url ?? '/'))
  if (request.method === 'POST') {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      say({ posted: path, body })
      response.end('{}')
    })
    return
  }
  const file = join(folder, path)
  const found = statSync(file, { throwIfNoEntry: false })
  say({ asked: path, found: found?.isFile() === true })
  if (found?.isFile() !== true) {
    response.writeHead(404).end()
    return
  }
  // GRUB looks for `Content-Length` in this very spelling (grub-core/net/http.c) and waits half a minute without it.
  response.writeHead(200, { 'Content-Length': found.size })
  pipeline(createReadStream(file), response, (error) => {
    if (error) say({ broken: path, error: error.message })
    else say({ sent: path })
  })
}).listen(Number(port), address, () => say({ listening: `${address}:${port}` }))
