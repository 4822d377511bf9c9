import { describe, expect, test } from 'vitest'
import { areaOf, decideDoor, type Area, type Caller, type DoorSettings } from '../../../../server/api/door.ts'

const usual: DoorSettings = { http: 'local', onBench: true }
const here: Caller = { encrypted: false, local: true, onBench: false }
const bench: Caller = { encrypted: false, local: false, onBench: true }
const office: Caller = { encrypted: false, local: false, onBench: false }
const over = (caller: Caller): Caller => ({ ...caller, encrypted: true })

/** `open`, `redirect`, or why it is refused. */
function told(area: Area, caller: Caller, settings: Partial<DoorSettings> = {}): string {
  const decision = decideDoor(area, caller, { ...usual, ...settings })
  return decision.kind === 'refused' ? decision.why : decision.kind
}

describe('what a request wants', () => {
  test.each([
    ['/', 'page'],
    ['/machines/x', 'page'],
    ['/assets/index.js', 'page'],
    ['/bootstrap', 'page'],
    ['/apis', 'page'],
    ['/api', 'program'],
    ['/api?x', 'program'],
    ['/api/machines', 'program'],
    ['/metrics', 'program'],
    ['/boot/grub/x', 'boot'],
    ['/agent/v1/hello', 'agent'],
    ['/healthz', 'health'],
    ['//agent/v1/hello', 'page'],
  ])('%s is for %s', (path, area) => expect(areaOf(path)).toBe(area))
})

describe('in the clear', () => {
  test('machines boot, whoever they are; agents are told to use TLS, even here', () => {
    for (const caller of [here, bench, office]) {
      expect(told('boot', caller, { onBench: false })).toBe('open')
      expect(told('health', caller, { onBench: false })).toBe('open')
      expect(told('agent', caller, { http: 'everywhere' })).toBe('AGENT_NEEDS_TLS')
    }
  })

  test.each([
    ['this computer', here, 'open', 'open'],
    ['the bench', bench, 'redirect', 'HTTPS_REQUIRED'],
    ['the office', office, 'redirect', 'HTTPS_REQUIRED'],
  ] as const)('from %s', (_name, caller, page, program) => {
    expect([told('page', caller), told('program', caller)]).toEqual([page, program])
    expect(told('program', caller, { http: 'everywhere' })).toBe('open')
  })
})

describe('kept off the bench', () => {
  const off = { onBench: false }
  test.each([
    ['the bench', bench, 'DASHBOARD_ELSEWHERE'],
    ['the bench, encrypted', over(bench), 'DASHBOARD_ELSEWHERE'],
    ['the office, encrypted', over(office), 'open'],
    ['this computer', here, 'open'],
  ] as const)('from %s', (_name, caller, what) => {
    expect([told('page', caller, off), told('program', caller, off)]).toEqual([what, what])
    expect(told('program', caller, { ...off, http: 'everywhere' })).toBe(what)
  })

  test('agents work as before', () => expect(told('agent', over(bench), off)).toBe('open'))
})
