import { describe, expect, test } from 'vitest'
import { controlFor, type Control } from '../../../tasksequences/steps/control.ts'
import { stepDefinition, stepDefinitions, takesOf } from '../../../tasksequences/steps/definitions.ts'

const types = stepDefinitions.map(({ type }) => type)

describe('every step type', () => {
  test('has a name of its own', () => {
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([])
  })

  test.each(stepDefinitions)(
    '$type names no step type that does not exist',
    ({ needs, restartFrom, followedBy = [] }) => {
      const named = [needs, restartFrom, ...followedBy].filter((type) => type !== null)
      expect(named.filter((type) => stepDefinition(type) === null)).toEqual([])
    },
  )

  test.each(stepDefinitions)('$type says what each of its settings may be', ({ input, fields }) => {
    expect(Object.keys(fields).toSorted()).toEqual(Object.keys(input.properties).toSorted())
  })

  test.each(stepDefinitions)('$type calls every value of a choice by a name, and no other', ({ input, fields }) => {
    for (const [name, field] of Object.entries(fields)) {
      const control = controlFor(input.properties[name] ?? {}, field)
      const values = 'values' in control ? control.values : 'words' in control ? control.words : []
      expect(Object.keys(field.choices ?? {}).toSorted(), name).toEqual(values.map(String).toSorted())
    }
  })

  test.each(stepDefinitions)('$type takes and ends nothing for an input that is none of its', ({ takes, ends }) => {
    expect(takes({ unheard: 'of' })).toEqual({})
    expect(ends({ unheard: 'of' })).toBeNull()
  })
})

test.each<[string, Record<string, unknown>, object]>([
  ['apply-image', { edition: 'Professional', windows: 11 }, { image: { edition: 'Professional', windows: 11 } }],
  ['prepare-windows', {}, { windowsAgent: true, imageLanguage: 'locale' }],
  [
    'prepare-windows',
    { language: 'en-US', locale: 'fr-FR' },
    { windowsAgent: true, imageLanguage: { language: 'en-US' } },
  ],
  ['inject-drivers', {}, { drivers: 'matching' }],
  ['inject-drivers', { packs: ['nuc11'] }, { drivers: ['nuc11'] }],
  ['install-drivers', {}, { drivers: 'of-run' }],
  ['install-software', { packages: ['a', 'b'] }, { software: ['a', 'b'] }],
  ['windows-update', {}, { updates: true }],
  ['windows-update', { offline: false }, { updates: false }],
  ['verify', {}, { software: 'of-run', profiles: 'of-run' }],
  ['of a later version', {}, {}],
])('%s with %j takes %j', (type, input, takes) => {
  expect(takesOf({ type, input })).toEqual(takes)
})

test.each([
  ['500 MB', false],
  ['749 MB', false],
  ['0,7 GB', false],
  ['750 MB', true],
  ['1 GiB', true],
  ['0 B', true],
  ['${recovery}', true],
])('a recovery partition of %s is taken: %s', (recoverySize, isTaken) => {
  const complaint = stepDefinition('partition-disk')?.check?.({ disk: 'only', recoverySize }, 'environment')
  expect(complaint === null).toBe(isTaken)
  if (!isTaken) expect(complaint?.fr).toContain('KB5034441')
})

test('what is over with a step: the shop’s part with delivery, the agent’s unless it is kept', () => {
  const endOf = (type: string, input: object) => stepDefinition(type)?.ends({ ...input })
  expect(endOf('deliver', {})).toEqual({ agent: 'removed', delivered: true })
  expect(endOf('seal', {})).toEqual({ agent: 'removed', delivered: false })
  expect(endOf('seal', { agent: 'keep' })).toEqual({ agent: 'stays', delivered: false })
  expect(endOf('set-windows', { hibernate: true })).toBeNull()
})

test('only a check proves, and only a restart or a shut-down takes the machine down', () => {
  expect(stepDefinitions.filter(({ proves }) => proves).map(({ type }) => type)).toEqual(['verify'])
  const down = stepDefinitions.filter(({ endsWith }) => endsWith !== null)
  expect(down.map(({ type, endsWith }) => [type, endsWith])).toEqual([
    ['restart', 'restart'],
    ['shut-down', 'shut-down'],
  ])
})

test.each<[string, string, Control]>([
  ['check-hardware', 'memoryAtLeast', { kind: 'text', longest: 32, lines: false }],
  ['check-hardware', 'tpm', { kind: 'switch' }],
  ['check-hardware', 'firmwareAtLeast', { kind: 'texts' }],
  ['partition-disk', 'disk', { kind: 'choice', values: ['only', 'smallest', 'largest'], open: true }],
  ['apply-image', 'windows', { kind: 'choice', values: [10, 11], open: false }],
  ['apply-image', 'image', { kind: 'catalogue', of: 'images', many: false, words: [] }],
  ['inject-drivers', 'packs', { kind: 'catalogue', of: 'driver-packs', many: true, words: ['matching'] }],
  ['windows-update', 'include', { kind: 'choices', values: ['security', 'quality', 'drivers', 'optional'] }],
  ['windows-update', 'passes', { kind: 'number', least: 1, most: 20, whole: true }],
  ['run-command', 'expect', { kind: 'numbers' }],
  ['run-powershell', 'script', { kind: 'text', longest: 65_536, lines: true }],
  [
    'set-windows',
    'oem',
    { kind: 'map', keys: ['manufacturer', 'model', 'supportPhone', 'supportHours', 'supportUrl'] },
  ],
  ['create-shortcuts', 'shortcuts', { kind: 'yaml' }],
])('%s: %s is set by %j', (type, name, control) => {
  const definition = stepDefinition(type)
  const field = definition?.fields[name]
  if (definition === null || field === undefined) throw new Error('there is no such setting')
  expect(controlFor(definition.input.properties[name] ?? {}, field)).toEqual(control)
})
