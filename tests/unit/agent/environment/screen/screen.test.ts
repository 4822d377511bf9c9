import { ServerKeyError } from '../../../../../agent/runtime/connection-errors.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockLetters } from '../../../../../agent/environment/screen/block-letters.ts'
import { encodeQrCode } from '../../../../../agent/environment/screen/qr-code.ts'
import { layOutScreen } from '../../../../../agent/environment/screen/screen-layout.ts'
import { openScreen } from '../../../../../agent/environment/screen/screen.ts'
import { describeFailure, failure } from '../../../../../agent/protocol/failures/failures.ts'
import type { Welcome } from '../../../../../agent/protocol/messages.ts'
import type { ScreenState } from '../../../../../agent/runtime/screen-state.ts'
import { secondStart } from '../../../../../server/api/agent/claimed-twice.ts'
import { runs } from '../../../property-runs.ts'

const welcome: Welcome = {
  machineId: 'm1',
  session: 's',
  code: 'K7F2',
  label: 'NUC-12',
  pageUrl: 'http://192.168.100.200:8080/machines/0b5f3c1e-8a1d-4a55-9a3c-1d2e3f405162',
  locale: 'fr',
  clock: { at: '2026-11-23T10:00:00.000Z', utcOffsetMinutes: 60 },
}

const applying: ScreenState['work'] = {
  kind: 'step',
  step: {
    id: 'environment-2',
    index: 2,
    of: 6,
    attempt: 1,
    type: 'apply-image',
    name: { fr: 'Écriture de Windows 11 Pro', en: 'Writing Windows 11 Pro' },
    input: {},
    memory: {},
  },
  weight: { before: 0.1, share: 0.5 },
  progress: { fraction: 0.41, bytesPerSecond: 96e6, secondsLeft: 70 },
}

const state: ScreenState = {
  welcome,
  server: '192.168.100.200:8080',
  model: 'NUC11TNHi5',
  address: '192.168.100.51',
  connection: { kind: 'connected' },
  work: { kind: 'waiting' },
}

const plain = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/\u001b\[[0-9;]*m/g, ''))
const draw = (change: Partial<ScreenState>): string[] => {
  const shown = { ...state, ...change }
  return layOutScreen(shown, shown.welcome === null ? null : encodeQrCode(shown.welcome.pageUrl))
}
const text = (change: Partial<ScreenState>): string => plain(draw(change)).join('\n')

describe('the machine’s own screen', () => {
  test('says why a second start of the machine waits, with its own address to compare', () => {
    const notice = secondStart
    const shown = text({ work: { kind: 'held-back', ...notice } })
    expect(shown).toContain('Un autre démarrage de ce poste parle')
    expect(shown).toContain('deux ordinateurs')
    expect(shown).toContain('192.168.100.51')
  })

  test('shows what happens: step, percent, rate, time left, in French', () => {
    const shown = text({ work: applying })
    expect(shown).toContain('Étape 3 sur 6')
    expect(shown).toContain('Écriture de Windows 11 Pro')
    expect(shown).toContain('41 %   96 Mo/s   reste 1 min 10')
    expect(shown).toContain('30 %')
    expect(shown).toContain('192.168.100.51')
    expect(shown).toContain('K7F2')
    expect(shown).toContain('NUC11TNHi5')
  })

  test('speaks English when the server says so', () => {
    expect(text({ welcome: { ...welcome, locale: 'en' }, work: applying })).toContain('1 min 10 left')
  })

  test('shows in amber that a person is needed, with the sentence and what to do', () => {
    const { message, fix } = describeFailure(failure('DISK_AMBIGUOUS', { count: 2 }))
    const lines = draw({ work: { kind: 'attention', message, fix } })
    expect(lines.find((line) => line.includes('INTERVENTION'))).toContain('\u001b[0;30;43m')
    expect(plain(lines).join(' ').replace(/\s+/g, ' ')).toContain('Ce poste a 2 disques.')
  })

  test('says that the server is away and that work goes on', () => {
    const connection = { kind: 'lost', sinceMs: 0, tries: 4, problem: 'ECONNREFUSED', description: null } as const
    expect(text({ connection, work: applying }).replace(/[\s█▀▄]+/g, ' ')).toContain('Le travail continue')
  })

  test('says who answers in the server’s place, and what to look for', () => {
    const { message, description } = new ServerKeyError('10.0.0.1:8443')
    const shown = text({ connection: { kind: 'lost', sinceMs: 0, tries: 4, problem: message, description } })
    const words = shown.replace(/[\s█▀▄]+/g, ' ')
    expect(words).toContain('Ce qui répond à 10.0.0.1:8443')
    expect(words).toContain("l'appareil qui a pris cette adresse")
  })

  test('writes the name in large letters beside or above the code', () => {
    const rows = blockLetters('NUC-12', 80) ?? []
    expect(rows).toHaveLength(5)
    const shown = plain(draw({}))
    for (const row of rows) expect(shown.some((line) => line.includes(row.trimEnd()))).toBe(true)
  })

  test('writes a name without large letters small, and drops accents from large ones', () => {
    expect(text({ welcome: { ...welcome, label: 'poste n°3/β' } })).toContain('poste n°3/?')
    expect(blockLetters('Établi', 80)).toEqual(blockLetters('ETABLI', 80))
    expect(blockLetters('X'.repeat(14), 80)).toBeNull()
  })

  test('draws the code so that light modules are lit, with a quiet zone, in the lower right corner', () => {
    const modules = encodeQrCode(welcome.pageUrl) ?? []
    const shown = plain(draw({}))
    const size = modules.length + 4
    const corner = shown.slice(25 - Math.ceil(size / 2)).map((line) => line.slice(80 - size))
    const lit = corner.flatMap((line) => [
      Array.from(line, (sign) => '█▀'.includes(sign)),
      Array.from(line, (sign) => '█▄'.includes(sign)),
    ])
    modules.forEach((row, y) => row.forEach((dark, x) => expect(lit[y + 2]?.[x + 2]).toBe(!dark)))
    expect(lit[0]?.every(Boolean) && lit[1]?.every(Boolean)).toBe(true)
  })

  test('is 25 lines of 80 cells of the console font, whatever it shows', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 120 })
    const sentence = fc.record({ fr: anyText, en: anyText })
    const work = fc.oneof(
      fc.record({ kind: fc.constant('attention' as const), message: sentence, fix: sentence }),
      fc.constantFrom<ScreenState['work']>(
        { kind: 'starting' },
        { kind: 'waiting' },
        { kind: 'power-action', action: 'restart' },
        applying,
      ),
    )
    fc.assert(
      fc.property(anyText, anyText, work, (label, model, shownWork) => {
        const lines = plain(layOutScreen({ ...state, welcome: { ...welcome, label }, model, work: shownWork }, null))
        expect(lines).toHaveLength(25)
        for (const line of lines) expect(line).toMatch(/^[\x20-\x7e\u00a1-\u00ff█▀▄░▌]{80}$/)
      }),
      { numRuns: runs(60) },
    )
  })

  test('is drawn in the middle, then only where it changed', () => {
    const written: string[] = []
    const screen = openScreen({ write: (output) => written.push(output), size: () => ({ columns: 100, rows: 35 }) })
    screen.show(state)
    screen.show({ ...state, address: '192.168.100.52' })
    screen.close()
    expect(written).toHaveLength(2)
    expect(written[0]).toContain('\u001b[6;11H')
    expect(written[1]).toContain('192.168.100.52')
    expect(written[1]?.split('\u001b[').filter((part) => /^\d+;11H/.test(part))).toHaveLength(1)
  })
})
