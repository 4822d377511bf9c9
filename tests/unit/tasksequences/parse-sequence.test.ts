import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSequence } from '../../../tasksequences/parse/parse-sequence.ts'
import type { Sequence } from '../../../tasksequences/sequence.ts'
import { runs } from '../property-runs.ts'

const library = join(import.meta.dirname, '../../../tasksequences/library')

function sequenceOf(text: string): Sequence {
  const parsed = parseSequence(text)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message.en).join('\n'))
  return parsed.sequence
}

function problemsOf(text: string): string[] {
  const parsed = parseSequence(text)
  return parsed.ok ? [] : parsed.problems.map(({ code, line, column }) => `${line}:${column} ${code}`)
}

function sentencesOf(text: string): string {
  const parsed = parseSequence(text)
  return parsed.ok ? '' : parsed.problems.map(({ message }) => `${message.fr} | ${message.en}`).join('\n')
}

/** Steps in a sequence that is right but for them. */
function withSteps(...lines: string[]): string {
  return ['name: X', 'environment:', ...lines.map((line) => `  ${line}`), ''].join('\n')
}

describe('a right sequence', () => {
  test.each(readdirSync(library))('of the library is read: %s', (file) => {
    expect(problemsOf(readFileSync(join(library, file), 'utf8'))).toEqual([])
  })

  test('keeps order, phases, names and options', () => {
    const { name, description, variables, steps } = sequenceOf(`
name: NUC, Windows 11 Pro
description: Pour la vente.
variables: { locale: fr-FR, rank: 3, quick: true, customer: }
environment:
  - check-hardware: { memoryAtLeast: 8 GiB, diskAtLeast: 120 GB }
  - partition-disk: { disk: { serial: S649 } }
  - apply-image: { image: windows-11-pro }
    retries: 2
windows:
  - name: Dire bonjour
    run-command: { script: "echo \${locale}", shell: powershell }
    when: "\${edition} != 'Enterprise'"
    continueOnError: true
  - restart:
  - shut-down
`)
    expect({ name, description, variables }).toEqual({
      name: 'NUC, Windows 11 Pro',
      description: 'Pour la vente.',
      variables: { locale: 'fr-FR', rank: 3, quick: true, customer: null },
    })
    expect(steps.map(({ phase, type, retries, continueOnError }) => [phase, type, retries, continueOnError])).toEqual([
      ['environment', 'check-hardware', 0, false],
      ['environment', 'partition-disk', 0, false],
      ['environment', 'apply-image', 2, false],
      ['windows', 'run-command', 0, true],
      ['windows', 'restart', 0, false],
      ['windows', 'shut-down', 0, false],
    ])
    expect(steps[3]?.name).toEqual({ fr: 'Dire bonjour', en: 'Dire bonjour' })
    expect(steps[0]?.name).toEqual({ fr: 'Vérifier le matériel', en: 'Check the hardware' })
    expect(steps[3]?.when?.source).toBe("${edition} != 'Enterprise'")
    expect(steps[1]?.input).toEqual({ disk: { serial: 'S649' } })
  })

  test('leaves what waits for a variable to be judged when the run is planned', () => {
    expect(
      problemsOf(
        withSteps("- check-hardware: { memoryAtLeast: '${least}' }").replace(
          'name: X',
          'name: X\nvariables: { least: 8 GiB }',
        ),
      ),
    ).toEqual([])
  })

  test('lets a script have shell variables of its own', () => {
    expect(problemsOf(withSteps('- run-command: { command: "echo $${HOME} $PATH $(id)" }'))).toEqual([])
  })
})

describe('a wrong sequence is refused at line and column', () => {
  test.each<[what: string, text: string, problems: string[]]>([
    ['text that is not YAML', 'name: [a\nenvironment: x', ['2:1 FILE_YAML']],
    ['a tab as indentation', 'name: X\nenvironment:\n\t- restart: {}', ['3:1 FILE_YAML']],
    ['nothing', '', ['1:1 SEQUENCE_SHAPE']],
    ['a list', '- a', ['1:1 SEQUENCE_SHAPE']],
    ['no name', 'environment:\n  - restart: {}', ['1:1 FILE_KEY_MISSING']],
    ['no steps', 'name: X', ['1:1 STEPS_MISSING']],
    ['a key that is there twice', 'name: X\nname: Y\nenvironment:\n  - restart: {}', ['2:1 FILE_KEY_TWICE']],
    ['a key nobody knows', 'nmae: X\nname: Y\nenvironment:\n  - restart: {}', ['1:1 FILE_KEY_UNKNOWN']],
    [
      'an alias',
      'name: X\nvariables: { a: &x 1, b: *x }\nenvironment:\n  - restart: {}',
      ['2:20 FILE_ALIAS', '2:26 FILE_ALIAS'],
    ],
    ['a step nobody knows', withSteps('- aply-image: {}'), ['3:5 STEP_TYPE_UNKNOWN']],
    ['a step of a later version', withSteps('- clone-disk: { to: largest }'), ['3:5 STEP_ANNOUNCED']],
    ['a step in the wrong phase', 'name: X\nwindows:\n  - partition-disk: { disk: only }', ['3:5 STEP_WRONG_PHASE']],
    ['two steps at one dash', withSteps('- restart: {}', '  shut-down: {}'), ['4:5 STEP_SHAPE']],
    ['a step that is a list', withSteps('- [restart]'), ['3:5 STEP_SHAPE']],
    ['an input nobody knows', withSteps('- restart: { now: true }'), ['3:16 STEP_INPUT_UNKNOWN']],
    ['a size without a unit', withSteps('- check-hardware: { memoryAtLeast: 8 }'), ['3:38 STEP_INPUT_WRONG']],
    ['a missing input', withSteps('- partition-disk: {}'), ['3:5 STEP_INPUT_MISSING']],
    ['an image without a partitioned disk', withSteps('- apply-image: {}'), ['3:5 STEP_ORDER']],
    [
      'a disk partitioned twice',
      withSteps('- partition-disk: { disk: only }', '- partition-disk: { disk: only }'),
      ['4:5 STEP_TWICE'],
    ],
    [
      'an installation in a sealed Windows',
      'name: X\nwindows:\n  - seal: {}\n  - install-software: { package: x }\n  - shut-down: {}',
      ['4:5 STEP_AFTER'],
    ],
    [
      'something after the last departure',
      'name: X\nwindows:\n  - seal: {}\n  - restart: {}\n  - shut-down: {}',
      ['5:5 STEP_AFTER_LAST'],
    ],
    [
      'an agent in a Windows for its customer',
      'name: X\nwindows:\n  - seal: { for: customer, agent: keep }',
      ['3:5 STEP_INPUT_RULE'],
    ],
    [
      'days of sleep for an agent that goes',
      'name: X\nwindows:\n  - seal: { agent: remove, asleepForDays: 30 }',
      ['3:5 STEP_INPUT_RULE'],
    ],
    ['both command and script', withSteps('- run-command: { command: a, script: b }'), ['3:5 STEP_INPUT_RULE']],
    [
      'a shell that is not there',
      withSteps('- run-command: { command: a, shell: powershell }'),
      ['3:5 STEP_INPUT_RULE'],
    ],
    ['an unknown variable', withSteps('- run-command: { command: "${seral}" }'), ['3:29 VARIABLE_UNDECLARED']],
    ['a broken condition', withSteps('- restart: {}', '  when: "${edition} = 1"'), ['4:11 CONDITION_WRONG']],
    [
      'an unknown variable in a condition',
      withSteps('- restart: {}', '  when: "${editoin}"'),
      ['4:11 VARIABLE_UNDECLARED'],
    ],
    ['retries beyond reason', withSteps('- restart: {}', '  retries: 99'), ['4:14 FILE_VALUE_WRONG']],
    [
      'a variable that contains itself',
      'name: X\nvariables: { a: "${b}", b: "${a}" }\nenvironment:\n  - restart: {}',
      ['2:14 VARIABLE_CIRCLE', '2:25 VARIABLE_CIRCLE'],
    ],
    [
      'a variable that is a list',
      'name: X\nvariables: { a: [1] }\nenvironment:\n  - restart: {}',
      ['2:17 FILE_VALUE_WRONG'],
    ],
  ])('%s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems)
  })

  test('with all its problems at once, from top to bottom', () => {
    const text = 'nmae: X\nenvironment:\n  - restrat: {}\n  - check-hardware: { memoryAtLeast: lots, tmp: true }\n'
    expect(problemsOf(text)).toEqual([
      '1:1 FILE_KEY_UNKNOWN',
      '1:1 FILE_KEY_MISSING',
      '3:5 STEP_TYPE_UNKNOWN',
      '4:38 STEP_INPUT_WRONG',
      '4:44 STEP_INPUT_UNKNOWN',
    ])
  })

  test('saying in both languages what is allowed and what was probably meant', () => {
    const said = sentencesOf(
      withSteps('- partition-disk: { dsk: only }', '- aply-image: {}', '- run-command: { command: "${seral}" }'),
    )
    expect(said).toContain('Vouliez-vous dire')
    expect(said).toContain('Did you mean "disk"?')
    expect(said).toContain('Did you mean "apply-image"?')
    expect(said).toContain('Did you mean "serial"?')
    expect(said).toContain('disk, recoverySize, label')
  })
})

describe('a hostile file', () => {
  test.each([
    ['larger than 64 KiB', `name: ${'x'.repeat(300_000)}`, 'FILE_TOO_LARGE'],
    ['of sixty thousand brackets', '['.repeat(60_000), ''],
    ['of thirty thousand dashes', '- '.repeat(30_000), ''],
    ['of six thousand keys', Array.from({ length: 6000 }, (_, index) => `k${index}: 1`).join('\n'), 'FILE_KEY_UNKNOWN'],
  ])('%s is refused', (_, text, code) => {
    expect(problemsOf(text).join()).toContain(code)
    expect(problemsOf(text)).not.toEqual([])
  })

  test('cannot reach into objects by the names of their innards', () => {
    const text =
      'name: X\nvariables: { constructor: "${toString}" }\nenvironment:\n  - __proto__: { a: 1 }\n  - run-command: { hasOwnProperty: 1, command: x }'
    expect(problemsOf(text)).toEqual(['2:27 VARIABLE_UNDECLARED', '4:5 STEP_TYPE_UNKNOWN', '5:20 STEP_INPUT_UNKNOWN'])
  })

  test('any text is read or refused with a place inside it, never a crash', () => {
    const pieces = fc.constantFrom(
      'name: ',
      'environment:',
      '\n',
      '  - ',
      'restart',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '${',
      'when: ',
      '&a ',
      '*a',
      '|',
      '>',
      '#',
      '!!int ',
      '? ',
      '\t',
      '---',
      'é',
      '0',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseSequence(text)
        if (parsed.ok) return parsed.sequence.steps.length > 0
        return (
          parsed.problems.length > 0 &&
          parsed.problems.every(
            ({ line, column, message }) => line >= 1 && column >= 1 && message.fr !== '' && message.en !== '',
          )
        )
      }),
      { numRuns: runs(1500) },
    )
  })
})
