import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkshop, signIn, type Workshop } from './workshop.ts'

const script = `export const bench = '${'x'.repeat(2000)}'\n`
let workshop: Workshop
let token: string

beforeAll(async () => {
  workshop = await openWorkshop({
    prepare: (dataDir) => {
      const assets = join(dataDir, 'dashboard/assets')
      mkdirSync(assets, { recursive: true })
      writeFileSync(join(dataDir, 'dashboard/index.html'), '<!doctype html>')
      writeFileSync(join(assets, 'index-a.js'), script)
      writeFileSync(join(assets, 'index-a.js.br'), brotliCompressSync(script))
    },
  })
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

async function get(path: string, encoding: string): Promise<{ headers: Headers; text: string }> {
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': encoding }
  const response = await fetch(`${workshop.url}${path}`, { headers })
  return { headers: response.headers, text: await response.text() }
}

test.each(['br', 'gzip'])('the API’s JSON is compressed for a client that takes %s', async (encoding) => {
  const { headers, text } = await get('/api/openapi.json', encoding)
  expect(headers.get('content-encoding')).toBe(encoding)
  expect(headers.get('vary')).toContain('accept-encoding')
  expect(JSON.parse(text)).toMatchObject({ openapi: '3.1.0' })
})

test('a client that takes no encoding gets the JSON as it is, with its length', async () => {
  const { headers, text } = await get('/api/openapi.json', 'identity')
  expect(headers.get('content-encoding')).toBeNull()
  expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
})

test('what machines ask for keeps its length, whatever they accept', async () => {
  const { headers, text } = await get('/boot/nothing', 'br, gzip')
  expect(headers.get('content-encoding')).toBeNull()
  expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
})

test('the dashboard’s files were compressed when it was built', async () => {
  const { headers, text } = await get('/assets/index-a.js', 'br, gzip')
  expect(headers.get('content-encoding')).toBe('br')
  expect(headers.get('content-type')).toContain('javascript')
  expect(headers.get('cache-control')).toContain('immutable')
  expect(headers.get('vary')).toContain('accept-encoding')
  expect(text).toBe(script)
  const plain = await get('/assets/index-a.js', 'identity')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(plain.text).toBe(script)
})
