import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MachineView } from '../../../../server/api/machines/schema.ts'
import { nucInventory, startAgent } from './agent-driver.ts'
import { ask, openWorkshop, signIn, type Workshop } from './workshop.ts'

const version = 'c'.repeat(16)
const names = ['shimx64.efi', 'grubx64.efi', 'vmlinuz', 'initrd', 'root.squashfs']

function putEnvironment(dataDir: string): void {
  const boot = join(dataDir, 'environment/boot')
  mkdirSync(boot, { recursive: true })
  const files = names.map((name) => {
    writeFileSync(join(boot, name), name)
    return { name, sizeBytes: name.length, sha256: createHash('sha256').update(name).digest('hex') }
  })
  const [shim, grub, kernel, initrd, root] = names
  const manifest = {
    format: 1,
    inputs: 'c'.repeat(64),
    shim,
    grub,
    kernel,
    initrd,
    layers: [root],
    kernelArguments: [],
    files,
  }
  writeFileSync(join(boot, 'manifest.json'), JSON.stringify(manifest))
}

let workshop: Workshop
let token: string
beforeAll(async () => {
  workshop = await openWorkshop({ prepare: putEnvironment })
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

const machineOf = async (id: string): Promise<MachineView> =>
  (await ask<MachineView>(workshop, 'GET', `/api/machines/${id}`, { token })).body
const configOf = (mac: string, uuid?: string) =>
  ask<string>(workshop, 'GET', `/boot/grub/${mac}${uuid === undefined ? '' : `/${uuid}`}`)
const macOf = (number: number): string => nucInventory(number).networkInterfaces[0]?.mac ?? ''

describe('GRUB', () => {
  test('gets the environment for a machine nobody has met, and nothing is remembered of it but its trace', async () => {
    const { status, headers, body } = await configOf('02:00:00:00:00:99')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/plain')
    expect(body).toContain(`/boot/environment/${version}/vmlinuz`)
    expect((await ask(workshop, 'GET', '/api/machines', { token })).body['items']).toEqual([])
  })

  test('gets the disk for a machine whose record says so, in either case of its MAC address', async () => {
    const { welcome } = await startAgent(workshop, 30)
    const { recordId } = await machineOf(welcome.machineId)
    expect((await configOf(macOf(30))).body).toContain('vmlinuz')
    const move = (to: string, override = false) =>
      ask(workshop, 'POST', `/api/stock/${recordId}/transitions`, { token, json: { to, reason: 'essai', override } })
    expect((await move('retired')).status).toBe(200)
    expect((await configOf(macOf(30).toUpperCase())).body).not.toContain('vmlinuz')
    expect((await machineOf(welcome.machineId)).boot.intent).toBe('local-disk')
  })

  test('cannot be given a configuration for something that is no MAC address', async () => {
    for (const mac of ['x', '1c:69:7a:00:00', '1c:69:7a:00:00:01;reboot']) {
      expect((await configOf(encodeURIComponent(mac))).status).toBe(400)
    }
    expect((await configOf(macOf(30), 'no-uuid')).status).toBe(400)
  })
})

describe('files of the environment', () => {
  test('are served with their hash as entity tag, in whole and in part', async () => {
    const path = `/boot/environment/${version}/root.squashfs`
    const whole = await ask<string>(workshop, 'GET', path)
    expect(whole.body).toBe('root.squashfs')
    expect(whole.headers.get('etag')).toBe(`"${createHash('sha256').update('root.squashfs').digest('hex')}"`)
    expect((await ask<string>(workshop, 'GET', path, { headers: { range: 'bytes=5-' } })).body).toBe('squashfs')
  })

  test.each([
    [`/boot/environment/${'d'.repeat(16)}/vmlinuz`, 404],
    [`/boot/environment/${version}/manifest.json`, 404],
    [`/boot/environment/${version}/..%2Fmanifest.json`, 400],
    [`/boot/environment/${version}/%2e%2e`, 404],
  ])('are nothing else: %s', async (path, status) => {
    expect((await ask(workshop, 'GET', path)).status).toBe(status)
  })
})

test('a known machine appears on the bench as it boots, and its trace tells how far it came', async () => {
  const { welcome } = await startAgent(workshop, 31)
  await workshop.restart()
  expect((await machineOf(welcome.machineId)).presence).toEqual({ kind: 'absent' })
  await configOf(macOf(31))
  const presence = async () => (await machineOf(welcome.machineId)).presence
  expect(await presence()).toMatchObject({ kind: 'booting', doing: 'loader' })
  await ask(workshop, 'GET', `/boot/environment/${version}/vmlinuz`)
  expect(await presence()).toMatchObject({ doing: 'kernel' })
  await ask(workshop, 'GET', `/boot/environment/${version}/root.squashfs`)
  expect(await presence()).toMatchObject({ doing: 'root' })
  const { body } = await ask<{ items: Array<{ protocol: string; text: { fr: string } }> }>(
    workshop,
    'GET',
    `/api/machines/${welcome.machineId}/trace`,
    { token },
  )
  expect(body.items.map(({ text }) => text.fr)).toEqual([
    expect.stringContaining('La fiche dit « monté »'),
    'A demandé vmlinuz.',
    'A demandé root.squashfs.',
  ])
})
