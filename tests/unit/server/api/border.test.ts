import { describe, expect, test } from 'vitest'
import { awaitWork } from '../../../../server/api/agent/work-poll.ts'
import { preferredLanguage } from '../../../../server/api/language.ts'
import { createMetrics } from '../../../../server/api/metrics/registry.ts'
import { comesFromElsewhere } from '../../../../server/api/origin.ts'
import { createRateLimit } from '../../../../server/api/rate-limit.ts'
import { hashPassword, makePassword, verifyPassword } from '../../../../server/api/session/password.ts'
import type { WorkToDo } from '../../../../server/deployments/deployments.ts'

describe('language', () => {
  test.each([
    [undefined, 'fr'],
    ['', 'fr'],
    ['en-GB,en;q=0.8,fr;q=0.5', 'en'],
    ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
    ['de-DE', 'fr'],
    ['de,en;q=0.2', 'en'],
    ['en;q=0.5,fr;q=0.5', 'fr'],
  ])('%s → %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language)
  })
})

describe('origin', () => {
  const own = { host: 'bench:8080', origin: null, secFetchSite: null }
  test.each([
    ['a program without either header', own, false],
    ['our own page', { ...own, origin: 'http://bench:8080', secFetchSite: 'same-origin' }, false],
    ['another port of this host, which is the same site', { ...own, origin: 'http://bench:9090' }, true],
    ['a page that another site put in a frame', { ...own, origin: 'null' }, true],
    ['a form of another site', { ...own, secFetchSite: 'cross-site' }, true],
    ['a sibling', { ...own, secFetchSite: 'same-site' }, true],
  ])('%s', (_who, request, elsewhere) => {
    expect(comesFromElsewhere(request)).toBe(elsewhere)
  })
})

describe('rate limit', () => {
  test('lets a burst through, then one at a time, and forgives after a success', () => {
    let now = 0
    const limit = createRateLimit({ elapsedMs: () => now, burst: 2, refillMs: 10_000, keys: 10 })
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 10])
    expect(limit.take('b')).toBe(0)
    now += 10_000
    expect([limit.take('a'), limit.take('a')]).toEqual([0, 10])
    limit.forgive('a')
    expect(limit.take('a')).toBe(0)
  })
})

describe('password', () => {
  test('is verified against its own hash only', async () => {
    const hash = await hashPassword('atelier')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword('atelier', hash)).toBe(true)
    expect(await verifyPassword('Atelier', hash)).toBe(false)
    expect(await verifyPassword('atelier', 'plain text')).toBe(false)
  })

  test('made for a person has no letters that look alike', () => {
    expect(makePassword()).toMatch(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}$/)
  })
})

describe('metrics', () => {
  test('are written in the Prometheus text format, labels escaped', async () => {
    const metrics = createMetrics()
    metrics.counter('a_total', 'A.').add(2, { file: 'x"\\\n' })
    metrics.gauge('b', 'B.', () => [{ value: 1 }])
    expect(await metrics.render()).toBe(
      '# HELP a_total A.\n# TYPE a_total counter\na_total{file="x\\"\\\\\\n"} 2\n# HELP b B.\n# TYPE b gauge\nb 1\n',
    )
  })
})

describe('work for an agent', () => {
  const wait: WorkToDo = { kind: 'wait' }
  const restart: WorkToDo = { kind: 'restart' }
  const attention: WorkToDo = {
    kind: 'attention',
    runId: 'r',
    message: { fr: 'm', en: 'm' },
    fix: { fr: 'f', en: 'f' },
  }

  function desk(first: WorkToDo) {
    let work = first
    const listeners = new Set<() => void>()
    const signal = new AbortController()
    return {
      signal,
      listeners,
      change(next: WorkToDo) {
        work = next
        for (const listener of listeners) listener()
      },
      await: (told: string, holdMs = 10_000) =>
        awaitWork(told, {
          holdMs,
          signal: signal.signal,
          workFor: async () => work,
          onChange(listener) {
            listeners.add(listener)
            return () => listeners.delete(listener)
          },
        }),
    }
  }

  test('is given at once when it is news', async () => {
    expect(await desk(restart).await('wait')).toEqual(restart)
    expect(await desk(attention).await('wait')).toEqual(attention)
    expect(await desk(wait).await('attention r m f')).toEqual(wait)
  })

  test('comes the moment it is there', async () => {
    const { await: poll, change, listeners } = desk(wait)
    const answer = poll('wait')
    await new Promise((resolve) => setImmediate(resolve))
    change(wait)
    change(restart)
    expect(await answer).toEqual(restart)
    expect(listeners.size).toBe(0)
  })

  test('is what was told before when the time is over', async () => {
    const { await: poll } = desk(attention)
    expect(await poll('attention r m f', 20)).toEqual(attention)
  })

  test('ends at once when the agent leaves or the server closes', async () => {
    const { await: poll, signal, listeners } = desk(wait)
    const answer = poll('wait')
    signal.abort()
    expect(await answer).toEqual(wait)
    expect(listeners.size).toBe(0)
  })
})
