import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentVersion } from '../../agent/runtime/version.ts'
import type { PinnedServer } from '../../agent/protocol/pinned-server.ts'
import { canRun } from '../machine/requirements.ts'
import { startRogue, whyNoRogue } from '../machine/rogue-server.ts'
import { startFakeServer } from '../unit/agent/fake-server.ts'

describe('the agent as one file', () => {
  let folder: string
  let file: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'etabli-agent-'))
    file = join(folder, 'agent.cjs')
    const bundle = await rolldown({ input: 'agent/environment/main.ts', platform: 'node', logLevel: 'silent' })
    await bundle.write({ file, format: 'cjs' })
    await bundle.close()
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function start(server?: PinnedServer): { lines: string[]; ended: Promise<number | null>; stop(): void } {
    const env = {
      PATH: process.env['PATH'],
      ...(server === undefined ? {} : { ETABLI_SERVER: server.url.href, ETABLI_PIN: server.pin }),
    }
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    const lines: string[] = []
    child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(...text.split('\n').filter(Boolean)))
    return {
      lines,
      ended: new Promise((resolve) => child.once('close', resolve)),
      stop: () => child.kill('SIGTERM'),
    }
  }

  test('says who it is, reports this machine, and ends when told to', async () => {
    const server = await startFakeServer()
    const agent = start(server)
    try {
      await server.until(() => server.polls > 0, 'a poll')
      expect(server.hellos[0]?.inventory.memory.totalBytes).toBeGreaterThan(0)
    } finally {
      agent.stop()
      expect(await agent.ended).toBe(0)
      await server.die()
    }
    expect(agent.lines[0]).toMatch(`etabli: etabli agent ${agentVersion}`)
    expect(agent.lines).toContain('etabli: present as K7F2')
    expect(agent.lines.at(-1)).toBe('etabli: stopped')
  })

  test.runIf(canRun('a rogue in the server’s place', whyNoRogue()))(
    'tells somebody else in the server’s place nothing, says so, and goes on when the server is back',
    async () => {
      const server = await startFakeServer()
      await server.die()
      const rogue = await startRogue(server.url)
      const agent = start(server)
      try {
        await expect.poll(() => agent.lines.join(' '), { timeout: 20_000 }).toContain('SERVER_KEY_WRONG')
        await expect.poll(() => rogue.handshakes(), { timeout: 20_000 }).toBeGreaterThan(1)
        await rogue.stop()
        expect(rogue.told()).toBe('')
        await server.comeBack()
        await server.until(() => server.polls > 0, 'a poll')
        expect(agent.lines).toContain('etabli: the server is back')
      } finally {
        agent.stop()
        await rogue.stop()
        await server.die()
        expect(await agent.ended).toBe(0)
      }
    },
  )

  test('says what is missing when nobody told it the server', async () => {
    const agent = start()
    expect(await agent.ended).toBe(1)
    expect(agent.lines.join(' ')).toContain('etabli.tls=')
  })
})
