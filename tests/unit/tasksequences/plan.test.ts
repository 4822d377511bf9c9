import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseSequence } from '../../../tasksequences/parse/parse-sequence.ts'
import { planRun } from '../../../tasksequences/plan.ts'
import type { Variables } from '../../../tasksequences/scalar.ts'

const facts: Variables = { serial: 'GENU1234', edition: 'Professional', memoryGiB: 16, product: 'NUC${serial}' }

function plan(source: string, variables: Variables = {}) {
  const parsed = parseSequence(source)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message.en).join('\n'))
  return planRun({ sequence: parsed.sequence, facts, variables })
}

function planned(source: string, variables: Variables = {}) {
  const result = plan(source, variables)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.plan
}

const base = (variables: string, ...steps: string[]) =>
  ['name: X', `variables: ${variables}`, 'environment:', ...steps.map((step) => `  ${step}`)].join('\n')

describe('variables', () => {
  test('fill one another in, in any order, and facts fill them', () => {
    const { variables } = planned(base('{ full: "${name}!", name: "OC-${serial}" }', '- restart: {}'))
    expect(variables).toMatchObject({ full: 'OC-GENU1234!', name: 'OC-GENU1234' })
  })

  test('of the request win over facts, facts over the sequence', () => {
    const source = base('{ edition: Home, serial: none, place: A }', '- restart: {}')
    expect(planned(source, { serial: 'GIVEN' }).variables).toMatchObject({
      edition: 'Professional',
      serial: 'GIVEN',
      place: 'A',
    })
  })

  test('a machine cannot smuggle a reference in by what it says of itself', () => {
    const { steps } = planned(base('{ model: "${product}" }', '- run-command: { command: "echo ${model}" }'))
    expect(steps[0]?.input).toEqual({ command: 'echo NUC${serial}' })
  })

  test('a script keeps its own', () => {
    const { steps } = planned(base('{ a: "$${HOME}" }', '- run-command: { command: "echo ${a} $${HOME}" }'))
    expect(steps[0]?.input).toEqual({ command: 'echo ${HOME} ${HOME}' })
  })

  test('without a value must be given', () => {
    const source = base('{ customer: }', '- restart: {}')
    expect(plan(source)).toEqual({ ok: false, problems: [{ code: 'VARIABLE_REQUIRED', name: 'customer' }] })
    expect(planned(source, { customer: 'Dupont' }).variables).toMatchObject({ customer: 'Dupont' })
  })

  test('that nobody declared are refused', () => {
    expect(plan(base('{ customer: x }', '- restart: {}'), { custmer: 'y' })).toEqual({
      ok: false,
      problems: [{ code: 'VARIABLE_UNKNOWN', name: 'custmer', suggestion: 'customer' }],
    })
  })
})

describe('steps', () => {
  test('have stable ids, and shares of time that add up to one', () => {
    const { steps } = planned(
      base('{}', '- check-hardware: {}', '- partition-disk: { disk: only }', '- apply-image: {}', '- restart: {}'),
    )
    expect(steps.map(({ id }) => id)).toEqual(['environment-1', 'environment-2', 'environment-3', 'environment-4'])
    expect(steps.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1)
    expect(steps[2]?.weight).toBeGreaterThan(0.8)
  })

  test('whose condition does not hold are skipped with the reason and take no share', () => {
    const { steps } = planned(base('{}', '- restart: {}', '  when: "${memoryGiB} < 8"', '- shut-down: {}'))
    expect(steps[0]).toMatchObject({ weight: 0, skipped: { en: 'The condition does not hold: ${memoryGiB} < 8' } })
    expect(steps[1]).toMatchObject({ weight: 1, skipped: null })
  })

  test('a plan of nothing but skipped steps is refused', () => {
    expect(plan(base('{}', '- restart: {}', '  when: false'))).toEqual({
      ok: false,
      problems: [{ code: 'PLAN_EMPTY' }],
    })
  })

  test('whose input is wrong with these variables are named', () => {
    const result = plan(base('{ least: plenty }', '- check-hardware: { memoryAtLeast: "${least}" }'))
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'INPUT_WRONG', stepId: 'environment-1', key: 'memoryAtLeast' }],
    })
  })

  test('keep a variable’s type when the text is nothing but the variable', () => {
    const { steps } = planned(base('{ wanted: true }', '- check-hardware: { tpm: "${wanted}" }'))
    expect(steps[0]?.input).toEqual({ tpm: true })
  })

  test('a disk chosen at the machine wins over what the sequence says', () => {
    const source = base('{}', '- partition-disk: { disk: largest }')
    expect(planned(source, { disk: 'S649' }).steps[0]?.input).toEqual({ disk: { serial: 'S649' } })
    expect(planned(source, { disk: 'smallest' }).steps[0]?.input).toEqual({ disk: 'smallest' })
    expect(planned(source).steps[0]?.input).toEqual({ disk: 'largest' })
  })
})

describe('the shipped sequences', () => {
  const library = join(import.meta.dirname, '../../../tasksequences/library')
  const read = (file: string): string => readFileSync(join(library, file), 'utf8')

  test.each(readdirSync(library))('%s is planned without anything being given', (file) => {
    expect(plan(read(file))).toMatchObject({ ok: true })
  })

  test('leave the shop’s number only where there is one', () => {
    const phoneOf = (variables: Variables): unknown => {
      const steps = planned(read('windows-11-pro-nuc.yaml'), variables).steps.filter(({ skipped }) => skipped === null)
      return steps.map(({ input }) => input['oem']).filter((oem) => JSON.stringify(oem)?.includes('supportPhone'))
    }
    expect(phoneOf({})).toEqual([])
    expect(phoneOf({ shopPhone: '04 50 00 00 00' })).toEqual([{ supportPhone: '04 50 00 00 00' }])
  })

  test.each(['windows-10.yaml', 'windows-11-home-nuc.yaml', 'windows-11-pro-nuc.yaml'])(
    '%s leaves a shop’s name only where there is one',
    (file) => {
      const oemOf = (variables: Variables): unknown[] => {
        const steps = planned(read(file), variables).steps.filter(({ skipped }) => skipped === null)
        return steps.map(({ input }) => input['oem']).filter((oem) => oem !== undefined)
      }
      expect(oemOf({})).toEqual([])
      expect(oemOf({ shop: 'Atelier du Lac' })).toEqual([{ manufacturer: 'Atelier du Lac' }])
    },
  )

  test('check a machine before its delivery without writing its disk', () => {
    expect(planned(read('pre-delivery-check.yaml')).steps.every(({ phase }) => phase === 'windows')).toBe(true)
  })
})
