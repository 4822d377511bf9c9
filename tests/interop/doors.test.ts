import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canRun } from '../machine/requirements.ts'
import { createWire, obstacleToWire, type Wire } from './dhcp/wire.ts'

const bench = '10.77.0.1'
const office = '10.88.0.1'
const password = 'atelier-de-test'

/** Our server between two networks, as curl sees it from each. */
describe.runIf(canRun('the server between two networks', obstacleToWire(['ip', 'curl'])))('the server', () => {
  let near: Wire
  let far: Wire

  beforeEach(async () => {
    near = createWire()
    far = createWire()
    near.addHost('server', `${bench}/24`)
    near.addHost('pc', '10.77.0.51/24')
    far.addHost('desk', '10.88.0.60/24')
    const link = ['link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'to-server', 'netns']
    await near.run('server', ['ip', ...link, far.namespaceOf('switch')])
    await near.run('server', ['ip', 'address', 'add', `${office}/24`, 'dev', 'eth1'])
    await near.run('server', ['ip', 'link', 'set', 'eth1', 'up'])
    await far.run('switch', ['ip', 'link', 'set', 'to-server', 'master', 'br0', 'up'])
    // The bench's PC knows a way to the server's other address: Linux answers for it on any interface.
    await near.run('pc', ['ip', 'route', 'add', '10.88.0.0/24', 'via', bench])
  })
  afterEach(async () => {
    await near.remove()
    await far.remove()
  })

  async function start(env: Record<string, string> = {}): Promise<void> {
    const dataDir = join(near.folder, 'data')
    mkdirSync(dataDir)
    const settings = { ETABLI_DATA_DIR: dataDir, ETABLI_INTERFACE: 'eth0', ETABLI_ADMIN_PASSWORD: password, ...env }
    const variables = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
    const child = near.start('server', ['env', ...variables, process.execPath, resolve('server/main.ts')])
    if (child.stdout === null || child.stderr === null) throw new Error('unreachable: both are pipes')
    let log = ''
    child.stderr.on('data', (text: Buffer) => (log += text.toString()))
    const ready = new Promise<void>((done, failed) => {
      createInterface({ input: child.stdout ?? process.stdin }).on(
        'line',
        (line) => line.startsWith('Établi') && done(),
      )
      child.once('exit', () => failed(new Error(log)))
    })
    await ready
  }

  type Answer = { status: number; location: string; body: string }
  async function ask(wire: Wire, host: string, url: string, ...args: string[]): Promise<Answer> {
    const format = '\\n%{http_code} %{redirect_url}'
    const { output } = await wire.run(host, ['curl', '-s', '-k', '--max-time', '10', '-w', format, ...args, url])
    const lines = output.split('\n')
    const [status = '', location = ''] = (lines.pop() ?? '').split(' ')
    return { status: Number(status), location, body: lines.join('\n') }
  }
  const signIn = ['-H', 'content-type: application/json', '-d', JSON.stringify({ user: 'admin', password })]
  const codeOf = ({ body }: Answer): string => JSON.parse(body).code

  test('takes passwords from the network over TLS only, and leads browsers there', async () => {
    await start()
    for (const [wire, host, address] of [
      [near, 'pc', bench],
      [far, 'desk', office],
    ] as const) {
      const plain = `http://${address}:8080`
      const secure = `https://${address}:8443`
      expect(await ask(wire, host, `${plain}/machines/m1?x=1`)).toMatchObject({
        ...{ status: 307, location: `${secure}/machines/m1?x=1` },
      })
      const refused = await ask(wire, host, `${plain}/api/session`, ...signIn)
      expect([refused.status, codeOf(refused)]).toEqual([403, 'HTTPS_REQUIRED'])
      expect(refused.body).toContain(secure)
      expect((await ask(wire, host, `${plain}/metrics`)).status).toBe(403)
      expect(codeOf(await ask(wire, host, `${plain}/agent/v1/work`))).toBe('AGENT_NEEDS_TLS')
      // Boot files and the question for a machine's intent stay as GRUB can ask for them.
      expect((await ask(wire, host, `${plain}/boot/grub/52:54:00:00:00:01`)).status).toBe(200)
      expect((await ask(wire, host, `${plain}/healthz`)).status).toBe(200)

      const jar = join(wire.folder, 'cookies')
      const given = await ask(wire, host, `${secure}/api/session`, ...signIn, '-D', '-', '-c', jar)
      expect(given.status).toBe(200)
      expect(given.body).toMatch(/set-cookie: __Host-etabli_session=[^\n]*HttpOnly; Secure; SameSite=Strict/i)
      // It binds itself to this host: HSTS would reach every port of it, GRUB's too.
      expect(given.body).not.toMatch(/strict-transport-security/i)
      expect((await ask(wire, host, `${secure}/api/machines`, '-b', jar)).status).toBe(200)
    }
    const local = await ask(near, 'server', 'http://127.0.0.1:8080/api/session', ...signIn, '-D', '-')
    expect(local.body).toMatch(/set-cookie: etabli_session=[^\n]*HttpOnly; SameSite=Strict/i)
  }, 90_000)

  test('keeps the dashboard off the bench, whichever of its addresses a machine there asks', async () => {
    await start({ ETABLI_DASHBOARD_ON_BENCH: 'no' })
    for (const address of [bench, office]) {
      for (const url of [`http://${address}:8080`, `https://${address}:8443`]) {
        for (const path of ['/', '/api/machines', '/api/session', '/metrics'])
          expect([url, path, codeOf(await ask(near, 'pc', `${url}${path}`))]).toEqual([
            url,
            path,
            'DASHBOARD_ELSEWHERE',
          ])
        expect((await ask(near, 'pc', `${url}/boot/grub/52:54:00:00:00:01`)).status).toBe(200)
      }
      // The agent's door is open: it is asked who it is.
      expect(codeOf(await ask(near, 'pc', `https://${address}:8443/agent/v1/work`))).toBe('AGENT_SESSION_UNKNOWN')
    }
    expect((await ask(far, 'desk', `https://${office}:8443/api/session`, ...signIn)).status).toBe(200)
    expect((await ask(near, 'server', 'http://127.0.0.1:8080/api/session', ...signIn)).status).toBe(200)
  }, 90_000)
})
