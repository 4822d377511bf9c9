import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillText } from '../../../tasksequences/interpolation.ts'
import { parseSequence } from '../../../tasksequences/parse/parse-sequence.ts'
import { planRun } from '../../../tasksequences/plan.ts'
import { secretsIn } from '../../../tasksequences/secret-references.ts'
import { fillInput } from '../../../tasksequences/step-input.ts'
import { runs } from '../property-runs.ts'

function problemsOf(...lines: string[]): string[] {
  const parsed = parseSequence(['name: X', ...lines].join('\n'))
  return parsed.ok ? [] : parsed.problems.map(({ code, line }) => `${line} ${code}`)
}

describe('a secret in a sequence', () => {
  const source = `
name: X
variables: { customer: Dupont }
windows:
  - run-command: { command: "join \${customer} \${secret.domainPassword}" }
  - run-powershell: { script: "slmgr.vbs /ipk \${secret.windowsKey}" }
`
  test('is no unknown variable, and stays as it is written until the machine needs it', () => {
    const parsed = parseSequence(source)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    const planned = planRun({ sequence: parsed.sequence, facts: {}, variables: {} })
    if (!planned.ok) throw new Error(JSON.stringify(planned.problems))
    expect(planned.plan.steps.map(({ input }) => input)).toMatchObject([
      { command: 'join Dupont ${secret.domainPassword}' },
      { script: 'slmgr.vbs /ipk ${secret.windowsKey}' },
    ])
  })

  test('stays so when a step is filled in again', () => {
    const filled = fillInput('run-command', { command: '${a} ${secret.b}' }, { a: 'x' })
    expect(filled).toEqual({ ok: true, input: { command: 'x ${secret.b}' } })
  })

  test.each(['${secret.domain-password}', '${ secret.x }', '${secrets.x}', '${secret:x}', '${SECRET.x}', '${secret.}'])(
    'that is not written so is refused: %s',
    (text) => {
      expect(problemsOf('windows:', `  - run-command: { command: 'echo ${text}' }`)).toEqual(['3 SECRET_REFERENCE'])
    },
  )

  test('in a step that is given none is refused', () => {
    expect(problemsOf('windows:', '  - set-windows: { computerName: "${secret.name}" }')).toContain(
      '3 SECRET_NOT_TAKEN',
    )
  })

  test('in a setting where it would stay as it is written is refused', () => {
    const step = '  - run-command: { command: "${secret.a}", shell: "${secret.b}" }'
    expect(problemsOf('windows:', step)).toContain('3 SECRET_NOT_TAKEN')
  })

  test.each([
    '  - run-command: { command: "join ${secret.domainPassword}" }',
    '  - prepare-windows: { key: "${secret.windowsKey}" }',
    '  - partition-disk: { disk: "${secret.disk}" }',
  ])('in the environment, which can prove nothing of itself, is refused: %s', (step) => {
    const before = ['environment:', '  - partition-disk: { disk: only }', '  - apply-image: {}']
    expect(problemsOf(...before, step)).toContain('5 SECRET_IN_ENVIRONMENT')
  })

  test('in a variable is refused: variables are seen', () => {
    expect(problemsOf('variables: { key: "${secret.windowsKey}" }', 'environment:', '  - restart: {}')).toEqual([
      '2 VARIABLE_SECRET',
    ])
  })
})

describe('no variable brings a reference to a secret', () => {
  test.each<[string, string, Record<string, string>, string]>([
    ['alone', '${serial}', { serial: '${secret.x}' }, '{secret.x}'],
    ['in a text', 'echo ${serial}', { serial: 'a ${secret.x}' }, 'echo a {secret.x}'],
    ['with more dollars', '${serial}', { serial: '$$${secret.x}' }, '{secret.x}'],
    ['in pieces', '${a}${b}', { a: '$', b: '{secret.x}' }, '{secret.x}'],
    ['in other pieces', '${a}{secret.x}', { a: '$' }, '{secret.x}'],
    ['beside a right one', '${a}${secret.x}${b}', { a: '${secret.', b: 'y}' }, '{secret.${secret.x}y}'],
  ])('%s', (_, template, variables, filled) => {
    expect(fillText(template, variables)).toBe(filled)
  })

  test('whatever the values', () => {
    const piece = fc.constantFrom('$', '{', '}', 'secret', '.', 'x', '${', '${secret.x}', '$$', ' ')
    const value = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
    const template = fc.array(fc.oneof(piece, fc.constantFrom('${a}', '${b}')), { maxLength: 8 })
    fc.assert(
      fc.property(template, value, value, (pieces, a, b) => {
        const text = pieces.join('')
        const before = secretsIn(text).length
        expect(secretsIn(String(fillText(text, { a, b }))).length).toBeLessThanOrEqual(before)
      }),
      { numRuns: runs(2000) },
    )
  })
})
