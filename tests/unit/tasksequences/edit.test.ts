import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { applyEdit } from '../../../tasksequences/edit/apply-edit.ts'
import { outlineOf } from '../../../tasksequences/edit/outline.ts'
import type { SequenceEdit, StepPlace } from '../../../tasksequences/edit/edit.ts'
import { runs } from '../property-runs.ts'

const library = join(import.meta.dirname, '../../../tasksequences/library')
const shipped = readdirSync(library).map((name) => readFileSync(join(library, name), 'utf8'))

const text = `# The workshop's own.
name: Essai # kept
variables:
  locale: fr-FR
  # Of the customer.
  owner: ''

environment:
  # First of all.
  - check-hardware: { memoryAtLeast: 8 GB, tpm: true } # eight will do
  - partition-disk:
      disk: only
      # The default is 1 GiB.
      recoverySize: 2 GiB
    name: Effacer
  - restart

windows:
  - run-powershell:
      script: |
        Write-Output 'one'

        Write-Output 'two'
      expect: [0, 3010]
    when: "\${owner} != ''"

  # The end.
  - shut-down: {}
`

function edited(edit: SequenceEdit, from = text): string {
  const result = applyEdit(from, edit)
  if (result.kind !== 'edited') throw new Error(result.kind)
  return result.text
}

/** The lines that went and those that came, as a person would see them in a comparison. */
function difference(before: string, after: string): string[] {
  const [left, right] = [before.split('\n'), after.split('\n')]
  const common = longestCommon(left, right)
  return [...without(left, common).map((line) => `- ${line}`), ...without(right, common).map((line) => `+ ${line}`)]
}

function without(lines: string[], common: string[]): string[] {
  let next = 0
  return lines.filter((line) => {
    if (line !== common[next]) return true
    next += 1
    return false
  })
}

function longestCommon(left: string[], right: string[]): string[] {
  const table = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0))
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0
  for (let i = left.length - 1; i >= 0; i -= 1)
    for (let j = right.length - 1; j >= 0; j -= 1)
      (table[i] ?? [])[j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const common: string[] = []
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) {
      common.push(left[i] ?? '')
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return common
}

describe('a change to a sequence', () => {
  test.each<[what: string, edit: SequenceEdit, lines: string[]]>([
    [
      'of a setting in braces',
      { kind: 'set-setting', at: { phase: 'environment', index: 0 }, key: 'memoryAtLeast', value: '16 GB' },
      [
        '-   - check-hardware: { memoryAtLeast: 8 GB, tpm: true } # eight will do',
        '+   - check-hardware: { memoryAtLeast: 16 GB, tpm: true } # eight will do',
      ],
    ],
    [
      'of a setting that was not there',
      { kind: 'set-setting', at: { phase: 'environment', index: 0 }, key: 'secureBoot', value: true },
      [
        '-   - check-hardware: { memoryAtLeast: 8 GB, tpm: true } # eight will do',
        '+   - check-hardware: { memoryAtLeast: 8 GB, tpm: true, secureBoot: true } # eight will do',
      ],
    ],
    [
      'that takes a setting away',
      { kind: 'set-setting', at: { phase: 'environment', index: 0 }, key: 'memoryAtLeast', value: null },
      [
        '-   - check-hardware: { memoryAtLeast: 8 GB, tpm: true } # eight will do',
        '+   - check-hardware: { tpm: true } # eight will do',
      ],
    ],
    [
      'of a setting on a line of its own',
      { kind: 'set-setting', at: { phase: 'environment', index: 1 }, key: 'disk', value: { serial: 'S64' } },
      ['-       disk: only', '+       disk: { serial: S64 }'],
    ],
    [
      'that takes a line away, with the comment above it',
      { kind: 'set-setting', at: { phase: 'environment', index: 1 }, key: 'recoverySize', value: null },
      ['-       # The default is 1 GiB.', '-       recoverySize: 2 GiB'],
    ],
    [
      'of a step that was a word alone',
      { kind: 'set-option', at: { phase: 'environment', index: 2 }, option: 'name', value: 'Vers Windows' },
      ['-   - restart', '+   - restart: {}', '+     name: Vers Windows'],
    ],
    [
      'of a text of several lines',
      { kind: 'set-setting', at: { phase: 'windows', index: 0 }, key: 'script', value: 'one\n  two\n' },
      ["-         Write-Output 'one'", '- ', "-         Write-Output 'two'", '+         one', '+           two'],
    ],
    [
      'of a condition',
      { kind: 'set-option', at: { phase: 'windows', index: 0 }, option: 'when', value: "${owner} == 'A: B'" },
      [`-     when: "\${owner} != ''"`, `+     when: "\${owner} == 'A: B'"`],
    ],
    [
      'that adds a step at the end',
      { kind: 'add-step', at: { phase: 'environment', index: 3 }, type: 'shut-down' },
      ['+   - shut-down: {}'],
    ],
    [
      'that takes a step away, with the comment above it',
      { kind: 'remove-step', at: { phase: 'environment', index: 0 } },
      ['-   # First of all.', '-   - check-hardware: { memoryAtLeast: 8 GB, tpm: true } # eight will do'],
    ],
    ['of a variable', { kind: 'set-variable', name: 'owner', value: 'Dupont' }, ["-   owner: ''", '+   owner: Dupont']],
    ['that adds a variable', { kind: 'set-variable', name: 'call', value: null }, ['+   call: null']],
    [
      'of the name',
      { kind: 'set-text', key: 'name', value: 'Essai 2' },
      ['- name: Essai # kept', '+ name: Essai 2 # kept'],
    ],
  ])('%s leaves every other line as it is', (_, edit, lines) => {
    expect(difference(text, edited(edit))).toEqual(lines)
  })

  test('moves a step with the comment above it, in its half and to the other', () => {
    const from: StepPlace = { phase: 'environment', index: 0 }
    const down = edited({ kind: 'move-step', from, to: { phase: 'environment', index: 2 } })
    expect(down.split('\n').slice(7, 17).join('\n')).toBe(`environment:
  - partition-disk:
      disk: only
      # The default is 1 GiB.
      recoverySize: 2 GiB
    name: Effacer
  - restart
  # First of all.
  - check-hardware: { memoryAtLeast: 8 GB, tpm: true } # eight will do
`)
    const back = edited({ kind: 'move-step', from: { phase: 'environment', index: 2 }, to: from }, down)
    expect(back).toBe(text)
    const across = edited({ kind: 'move-step', from, to: { phase: 'windows', index: 0 } })
    expect(across).toContain('windows:\n  # First of all.\n  - check-hardware')
  })

  test('makes the half that a step is put in, the environment before Windows', () => {
    expect(edited({ kind: 'add-step', at: { phase: 'windows', index: 0 }, type: 'verify' }, 'name: Leer\n')).toBe(
      'name: Leer\n\nwindows:\n  - verify: {}\n',
    )
    expect(
      edited({ kind: 'add-step', at: { phase: 'environment', index: 0 }, type: 'restart' }, 'windows: [restart]\n'),
    ).toContain('environment:\n  - restart: {}\nwindows:')
  })

  test('keeps the line ends of Windows', () => {
    const after = edited({ kind: 'remove-step', at: { phase: 'environment', index: 2 } }, text.replaceAll('\n', '\r\n'))
    expect(after.replaceAll('\r\n', '\n')).not.toContain('restart')
    expect(after.replaceAll('\r\n', '')).not.toContain('\n')
  })

  test('says that a text is no YAML, and that there is nothing where it wants to be', () => {
    const edit: SequenceEdit = { kind: 'remove-step', at: { phase: 'windows', index: 0 } }
    expect(applyEdit('name: [', edit)).toEqual({ kind: 'unreadable' })
    expect(applyEdit('name: a\n', edit)).toEqual({ kind: 'nowhere' })
  })

  const place: fc.Arbitrary<StepPlace> = fc.record({
    phase: fc.constantFrom('environment' as const, 'windows' as const),
    index: fc.nat(12),
  })
  const value = fc.oneof(
    fc.constantFrom('fr-FR', '', 'a, b', '{x}', '- x', '# x', "it's", 'true', '12', 'a: b', ' x', 'one\ntwo\n', '\n x'),
    fc.string({ unit: 'grapheme' }),
    fc.boolean(),
    fc.integer(),
    fc.array(fc.string()),
    fc.dictionary(fc.string({ minLength: 1 }), fc.string()),
  )
  const anyEdit: fc.Arbitrary<SequenceEdit> = fc.oneof(
    fc.record({ kind: fc.constant('add-step' as const), at: place, type: fc.constantFrom('restart', 'verify') }),
    fc.record({ kind: fc.constant('move-step' as const), from: place, to: place }),
    fc.record({ kind: fc.constant('remove-step' as const), at: place }),
    fc.record({
      kind: fc.constant('set-setting' as const),
      at: place,
      key: fc.constantFrom('disk', 'script', 'tpm', 'name', 'é è'),
      value: fc.option(value),
    }),
    fc.record({
      kind: fc.constant('set-option' as const),
      at: place,
      option: fc.constantFrom('name' as const, 'when' as const, 'retries' as const, 'continueOnError' as const),
      value: fc.option(fc.oneof(fc.string(), fc.integer(), fc.boolean())),
    }),
    fc.record({ kind: fc.constant('set-variable' as const), name: fc.constantFrom('locale', 'neu'), value }),
    fc.record({ kind: fc.constant('remove-variable' as const), name: fc.constantFrom('locale', 'neu') }),
  )

  test('comes to what was asked, one after the other, and loses no comment but those of what it takes away', () => {
    fc.assert(
      fc.property(fc.constantFrom(text, ...shipped), fc.array(anyEdit, { maxLength: 8 }), (start, edits) => {
        let now = start
        for (const edit of edits) {
          const result = applyEdit(now, edit)
          expect(result.kind).not.toBe('unreadable')
          if (result.kind !== 'edited') continue
          const before: unknown = parse(now, { logLevel: 'silent' })
          const after: unknown = parse(result.text, { logLevel: 'silent' })
          if (edit.kind === 'set-setting') expect(settingOf(after, edit.at, edit.key)).toEqual(edit.value ?? undefined)
          if (edit.kind === 'move-step') {
            expect(stepsOf(after).sort()).toEqual(stepsOf(before).sort())
            expect(comments(result.text)).toEqual(comments(now))
          }
          if (edit.kind === 'set-variable') expect(after).toMatchObject({ variables: { [edit.name]: edit.value } })
          now = result.text
        }
      }),
      { numRuns: runs(100) },
    )
  })

  test('is total: any text, any edit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), anyEdit, (start, edit) => {
        expect(['edited', 'unreadable', 'nowhere']).toContain(applyEdit(start, edit).kind)
      }),
      { numRuns: runs(100) },
    )
  })
})

type Half = Record<string, unknown>[] | null | undefined

function stepsOf(sequence: unknown): string[] {
  const { environment, windows } = sequence as { environment?: Half; windows?: Half }
  return [...(environment ?? []), ...(windows ?? [])].map((step) => JSON.stringify(step))
}

function settingOf(sequence: unknown, { phase, index }: StepPlace, key: string): unknown {
  const step = (sequence as Record<string, Half>)[phase]?.[index]
  if (typeof step === 'string') return undefined
  const [settings] = Object.entries(step ?? {})
    .filter(([name]) => !['name', 'when', 'retries', 'continueOnError'].includes(name))
    .map(([, each]) => each)
  return (settings as Record<string, unknown> | null | undefined)?.[key]
}

function comments(yaml: string): string[] {
  return (yaml.match(/# .*$/gm) ?? []).sort()
}

describe('what a form shows of a text', () => {
  test('is every step with its settings and options as they are written, and the lines they stand in', () => {
    const outline = outlineOf(text)
    expect(outline).toMatchObject({
      name: 'Essai',
      description: null,
      variables: [
        { name: 'locale', value: 'fr-FR' },
        { name: 'owner', value: '' },
      ],
    })
    expect(outline?.steps.map(({ phase, index, type, lines }) => [phase, index, type, ...lines])).toEqual([
      ['environment', 0, 'check-hardware', 10, 10],
      ['environment', 1, 'partition-disk', 11, 15],
      ['environment', 2, 'restart', 16, 16],
      ['windows', 0, 'run-powershell', 19, 25],
      ['windows', 1, 'shut-down', 28, 28],
    ])
    expect(outline?.steps[1]).toMatchObject({
      input: { disk: 'only', recoverySize: '2 GiB' },
      options: { name: 'Effacer' },
    })
  })

  test('is there for a text with mistakes, and for an empty one', () => {
    expect(outlineOf('')).toEqual({ name: null, description: null, variables: [], steps: [] })
    expect(outlineOf('environment:\n  - nonsense: { a: 1 }\n  - [x]\n')?.steps).toMatchObject([
      { type: 'nonsense', input: { a: 1 } },
      { type: '', input: {} },
    ])
    expect(outlineOf('name: [')).toBeNull()
  })

  test('is total', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        outlineOf(any)
      }),
      { numRuns: runs(200) },
    )
  })
})
