import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Value } from 'typebox/value'
import { ImageList, ImportView, Space } from '../../../../server/api/images/schema.ts'
import { SequenceList } from '../../../../server/api/sequences/schema.ts'
import { TextView } from '../../../../server/api/sequences/text-schema.ts'
import { StepTypeList } from '../../../../server/api/step-types/schema.ts'
import { startAgent } from './agent-driver.ts'
import { ask, openWorkshop, putImage, signIn, type Workshop } from './workshop.ts'

let workshop: Workshop
let token: string
beforeAll(async () => {
  workshop = await openWorkshop({
    prepare(dataDir) {
      putImage(dataDir, 'win11')
      mkdirSync(join(dataDir, 'dashboard/assets'), { recursive: true })
      writeFileSync(join(dataDir, 'dashboard/index.html'), '<!doctype html><title>Établi</title>')
      writeFileSync(join(dataDir, 'dashboard/assets/app-1234.js'), 'export {}')
    },
  })
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

describe('images', () => {
  test('are listed with what uses them and what room is left', async () => {
    const { body } = await ask<{ items: unknown[] }>(workshop, 'GET', '/api/images', { token })
    expect(Value.Errors(ImageList, body)).toEqual([])
    expect(body.items).toMatchObject([{ id: 'win11', edition: 'Professional', inUse: 0 }])
    const space = await ask(workshop, 'GET', '/api/images/space', { token })
    expect(Value.Errors(Space, space.body)).toEqual([])
  })

  test('are offered with each sequence that can be started with them, until they are removed', async () => {
    const offered = async (): Promise<unknown> =>
      (await ask<{ imageIds: string[] }>(workshop, 'GET', '/api/sequences/image-only', { token })).body.imageIds
    expect(await offered()).toEqual(['win11'])
    expect((await ask(workshop, 'DELETE', '/api/images/win11', { token })).status).toBe(204)
    expect((await ask(workshop, 'GET', '/api/images', { token })).body['items']).toEqual([])
    expect(await offered()).toEqual([])
  })
})

describe('an upload', () => {
  const bytes = randomBytes(300_000)
  const send = (id: string, offset: number, raw: Buffer) =>
    ask<Record<string, unknown>>(workshop, 'PUT', `/api/imports/${id}/content?offset=${offset}`, {
      token,
      raw: new Uint8Array(raw),
      headers: { 'content-type': 'application/octet-stream' },
    })
  async function announce(sizeBytes: number): Promise<string> {
    const json = { fileName: 'install.wim', sizeBytes }
    const { status, body } = await ask(workshop, 'POST', '/api/imports', { token, json })
    expect(status).toBe(201)
    expect(Value.Errors(ImportView, body)).toEqual([])
    return String(body['id'])
  }

  test('is taken in pieces larger than any other body, and told where to go on', async () => {
    const id = await announce(2 * bytes.length)
    expect((await send(id, 0, bytes)).body).toMatchObject({ state: 'uploading', receivedBytes: bytes.length })
    const wrong = await send(id, 5, bytes)
    expect([wrong.status, wrong.body['code']]).toEqual([409, 'UPLOAD_OFFSET'])
    expect(wrong.body['message']).toContain(String(bytes.length))
    expect((await ask(workshop, 'DELETE', `/api/imports/${id}`, { token })).status).toBe(204)
  })

  test('larger than announced is refused', async () => {
    const id = await announce(1000)
    const { status, body } = await send(id, 0, bytes)
    expect([status, body['code']]).toEqual([413, 'UPLOAD_TOO_LARGE'])
    await ask(workshop, 'DELETE', `/api/imports/${id}`, { token })
  })

  test('for which there is no room is refused before a byte is sent', async () => {
    const json = { fileName: 'install.wim', sizeBytes: 10 ** 15 }
    const { status, body } = await ask(workshop, 'POST', '/api/imports', { token, json })
    expect([status, body['code']]).toEqual([507, 'NO_SPACE'])
  })

  test('of something else than bytes is refused', async () => {
    const id = await announce(1000)
    const sent = await ask(workshop, 'PUT', `/api/imports/${id}/content`, { token, json: {} })
    expect([sent.status, sent.body['code']]).toEqual([415, 'CONTENT_TYPE_UNKNOWN'])
    await ask(workshop, 'DELETE', `/api/imports/${id}`, { token })
  })

  test('by path names a file that is not there in words', async () => {
    const sent = await ask(workshop, 'POST', '/api/imports', { token, json: { path: '/nowhere/install.wim' } })
    expect([sent.status, sent.body['code']]).toEqual([422, 'SOURCE_NOT_FOUND'])
    const both = { path: '/x', fileName: 'x', sizeBytes: 1 }
    expect((await ask(workshop, 'POST', '/api/imports', { token, json: both })).status).toBe(400)
  })
})

describe('sequences', () => {
  type Refused = { code: string; message: string; problems: Array<{ line: number; column: number }> }
  const save = (id: string, raw: string, language = 'fr') =>
    ask<Refused>(workshop, 'PUT', `/api/sequences/${id}`, {
      token,
      raw,
      headers: { 'content-type': 'text/yaml', 'accept-language': language },
    })

  test('come with the product', async () => {
    const { body } = await ask<{ items: Array<{ id: string }> }>(workshop, 'GET', '/api/sequences', { token })
    expect(Value.Errors(SequenceList, body)).toEqual([])
    expect(body.items).toContainEqual(
      expect.objectContaining({ id: 'image-only', origin: 'shipped', needsImage: true, imageIds: [], problems: [] }),
    )
  })

  test('are the workshop’s own once saved', async () => {
    const { status, body } = await save('ours', 'name: À nous\nenvironment:\n  - check-hardware: {}\n')
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: 'ours', origin: 'own', name: 'À nous' })
    const read = await ask(workshop, 'GET', '/api/sequences/ours', { token })
    expect(read.body).toMatchObject({ version: body['version' as keyof typeof body] })
  })

  test('with mistakes are refused with line and column, and not saved', async () => {
    const { status, body } = await save('wrong', 'name: Faux\nenvironment:\n  - check-hardwear: {}\n')
    expect([status, body.code]).toEqual([422, 'SEQUENCE_INVALID'])
    expect(body.problems[0]).toMatchObject({ line: 3, column: 5 })
    expect((await ask(workshop, 'GET', '/api/sequences/wrong', { token })).status).toBe(404)
  })

  test('are changed step by step while nothing of them is saved', async () => {
    const source = 'name: Essai\n\nwindows:\n  # The end.\n  - shut-down: {}\n'
    const edit = { kind: 'add-step', at: { phase: 'windows', index: 0 }, type: 'remove-apps' }
    const added = await ask<TextView>(workshop, 'POST', '/api/sequences/edit', { token, json: { source, edit } })
    expect(Value.Errors(TextView, added.body)).toEqual([])
    expect(added.body.source).toBe(source.replace('windows:\n', 'windows:\n  - remove-apps: {}\n'))
    expect(added.body.problems).toMatchObject([{ code: 'STEP_INPUT_MISSING', line: 4 }])
    expect(added.body.outline?.steps.map(({ type, lines }) => [type, lines])).toEqual([
      ['remove-apps', [4, 4]],
      ['shut-down', [6, 6]],
    ])
    const setting = { kind: 'set-setting', at: { phase: 'windows', index: 0 }, key: 'profile', value: 'nobody-has-it' }
    const json = { source: added.body.source, edit: setting }
    const named = await ask<TextView>(workshop, 'POST', '/api/sequences/edit', { token, json })
    expect(named.body.problems).toEqual([])
    expect(named.body.lacking).toMatchObject([{ code: 'PROFILE_NOT_FOUND', line: 4 }])
    expect((await ask(workshop, 'GET', '/api/sequences/essai', { token })).status).toBe(404)
  })

  test('say why a change cannot be made', async () => {
    const edit = { kind: 'remove-step', at: { phase: 'windows', index: 3 } }
    const send = (source: string) =>
      ask<Refused>(workshop, 'POST', '/api/sequences/edit', { token, json: { source, edit } })
    expect(await send('name: [')).toMatchObject({ status: 422, body: { code: 'SEQUENCE_TEXT_UNREADABLE' } })
    expect(await send('name: a')).toMatchObject({ status: 409, body: { code: 'SEQUENCE_EDIT_NOWHERE' } })
    const check = await ask<TextView>(workshop, 'POST', '/api/sequences/check', { token, json: { source: 'name: [' } })
    expect(check.body.outline).toBeNull()
    expect(check.body.problems).toMatchObject([{ code: 'FILE_YAML' }])
  })

  test('are made of kinds of steps, each with its settings and how they are set', async () => {
    const { body } = await ask<StepTypeList>(workshop, 'GET', '/api/step-types', { token })
    expect(Value.Errors(StepTypeList, body)).toEqual([])
    const partition = body.items.find(({ type }) => type === 'partition-disk')
    expect(partition).toMatchObject({ phases: ['environment'], writesDisk: true })
    expect(partition?.settings.find(({ key }) => key === 'disk')).toMatchObject({
      required: true,
      control: { kind: 'choice', open: true },
    })
    expect(body.facts.map(({ name }) => name)).toContain('serial')
  })

  test.each([
    [
      'fr',
      'La séquence « wrong » a une erreur, ligne 3, colonne 5 : L’étape « check-hardwear » n’existe pas. Vouliez-vous dire « check-hardware » ?',
    ],
    [
      'en',
      'The sequence "wrong" has a mistake, line 3, column 5: There is no step "check-hardwear". Did you mean "check-hardware"?',
    ],
  ])('say the first mistake in full to a reader of %s', async (language, message) => {
    const { body } = await save('wrong', 'name: Faux\nenvironment:\n  - check-hardwear: {}\n', language)
    expect(body.message).toContain(message)
  })

  test('cannot be written outside their folder', async () => {
    for (const id of ['..%2Fetabli', '.%2Fx', 'a%20b']) expect((await save(id, 'name: x')).status).toBe(400)
  })
})

describe('stock', () => {
  test('moves with a reason and a history; ready asks for evidence', async () => {
    await startAgent(workshop, 20)
    const list = await ask<{ items: Array<{ id: string; transitions: string[] }> }>(workshop, 'GET', '/api/stock', {
      token,
    })
    const [record] = list.body.items
    if (!record) throw new Error('no record')
    const move = (json: unknown) => ask(workshop, 'POST', `/api/stock/${record.id}/transitions`, { token, json })
    expect((await move({ to: 'retired', reason: 'carte mère morte' })).body).toMatchObject({ state: 'retired' })
    const forbidden = await move({ to: 'ready', reason: 'x' })
    expect([forbidden.status, forbidden.body['code']]).toEqual([409, 'TRANSITION_NOT_ALLOWED'])
    expect((await move({ to: 'retired' })).status).toBe(400)
    const history = await ask<{ items: unknown[] }>(workshop, 'GET', `/api/stock/${record.id}/history`, { token })
    expect(history.body.items[0]).toMatchObject({ by: 'admin', to: 'retired', reason: 'carte mère morte' })
  })
})

describe('the dashboard', () => {
  test('is served with lasting assets, and every page leads to it', async () => {
    const asset = await ask(workshop, 'GET', '/assets/app-1234.js')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    for (const path of ['/', '/bench', '/machines/abc?tab=log']) {
      const page = await ask<string>(workshop, 'GET', path)
      expect(page.body).toContain('<title>Établi</title>')
      expect(page.headers.get('cache-control')).toBe('no-cache')
    }
  })

  test('does not answer for addresses of programs', async () => {
    for (const path of ['/agent/v1/nothing', '/boot/nothing', '/assets/gone.js', '/favicon.ico']) {
      const { status, body } = await ask(workshop, 'GET', path)
      expect([status, body['code']]).toEqual([404, 'NOT_FOUND'])
    }
    expect((await ask(workshop, 'POST', '/bench')).status).toBe(404)
  })
})
