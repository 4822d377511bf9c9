import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readXml } from '../../../../images/xml/xml-reader.ts'
import { parseCondition } from '../../../../tasksequences/condition/parse-condition.ts'
import { holds } from '../../../../tasksequences/condition/evaluate.ts'
import { translateCondition } from '../../../../tasksequences/mdt/condition-source.ts'
import { readCondition, type MdtCondition } from '../../../../tasksequences/mdt/mdt-condition.ts'
import { variable, wmi } from './built-share.ts'

function translated(inner: string) {
  return translateCondition(readCondition(readXml(`<condition>${inner}</condition>`)))
}

function sourceOf(inner: string): string {
  const condition = translated(inner)
  return condition.is === 'when' ? condition.source : condition.is
}

const or = (inner: string): string => `<operator type="or">${inner}</operator>`
const not = (inner: string): string => `<operator type="not">${inner}</operator>`

describe('a condition of MDT', () => {
  test.each([
    ['its phases come by themselves', variable('PHASE', 'equals', 'PREINSTALL'), 'always'],
    ['the old Windows does not', variable('PHASE', 'equals', 'STATECAPTURE'), 'never'],
    ['a PC is always new', variable('DeploymentType', 'equals', 'NEWCOMPUTER'), 'always'],
    ['and never refreshed', variable('DeploymentType', 'Equals', 'REFRESH'), 'never'],
    ['firmware is UEFI, however true is written', variable('IsUEFI', 'equals', 'true'), 'always'],
    ['so its BIOS branch is never taken', variable('IsUEFI', 'notEquals', 'True'), 'never'],
    ['nothing is captured', variable('DoCapture', 'notEquals', 'YES'), 'always'],
    ['a build of 6 or later is there', variable('ImageBuild', 'greaterEqual', '6'), 'always'],
    ['the maker', variable('Make', 'equals', 'Dell Inc.'), "${manufacturer} == 'Dell Inc.'"],
    ['the model by WMI', wmi('SELECT * FROM Win32_ComputerSystem WHERE Model LIKE "%NUC13%"'), "'NUC13' in ${product}"],
    [
      'the board by WMI',
      wmi("select Product from Win32_BaseBoard where Product = 'NUC13ANBi5'"),
      "${board} == 'NUC13ANBi5'",
    ],
    [
      'two of them',
      wmi('SELECT * FROM Win32_ComputerSystem WHERE Model LIKE "%A%" OR Model LIKE "%B%"'),
      "'A' in ${product} or 'B' in ${product}",
    ],
    [
      'a word within a value is no word of WMI',
      wmi('SELECT * FROM Win32_ComputerSystem WHERE Model = "A and B"'),
      "${product} == 'A and B'",
    ],
    [
      'either',
      or(variable('Make', 'equals', 'HP') + variable('Make', 'equals', 'Dell')),
      "${manufacturer} == 'HP' or ${manufacturer} == 'Dell'",
    ],
    ['neither', not(variable('Make', 'equals', 'HP')), "not (${manufacturer} == 'HP')"],
    [
      'a branch that is decided falls away',
      or(variable('DeploymentType', 'equals', 'REFRESH') + variable('Make', 'equals', 'HP')),
      "${manufacturer} == 'HP'",
    ],
    ['an apostrophe is quoted the other way', variable('Model', 'equals', "L'un"), '${product} == "L\'un"'],
    ['a variable of the share', variable('Site', 'exists', ''), "${Site} != ''"],
  ])('%s', (_, inner, source) => {
    expect(sourceOf(inner)).toBe(source)
  })

  test('that only the machine can answer keeps the step from being done until a person decides', () => {
    const registry =
      '<expression type="SMS_TaskSequence_RegistryConditionExpression"><variable name="KeyPath">HKLM\\X</variable></expression>'
    const condition = translated(registry)
    expect(condition).toMatchObject({
      is: 'when',
      declares: [{ value: 'false' }],
      because: [{ code: 'MDT_CONDITION_UNKNOWN' }],
    })
    // Within a `not` the variable begins as true, so that the step is not done either.
    expect(translated(not(registry))).toMatchObject({ is: 'when', declares: [{ value: 'true' }] })
  })

  test('too long for one line becomes such a variable too', () => {
    const many = Array.from({ length: 60 }, (_, index) => variable('Model', 'equals', `Model number ${index}`)).join('')
    expect(translated(or(many))).toMatchObject({
      is: 'when',
      source: expect.stringMatching(/^\$\{mdtIf[0-9a-f]{8}\}$/),
    })
  })

  test('always comes to what Établi can read', () => {
    const leaf: fc.Arbitrary<MdtCondition> = fc.oneof(
      fc.record({
        kind: fc.constant('variable' as const),
        variable: fc.oneof(fc.constantFrom('Make', 'PHASE', 'IsUEFI', 'Memory', 'ImageBuild', 'x y'), fc.string()),
        operator: fc.oneof(fc.constantFrom('equals', 'notEquals', 'like', 'exists', 'greater', 'less'), fc.string()),
        value: fc.string(),
      }),
      fc.record({ kind: fc.constant('wmi' as const), namespace: fc.string(), query: fc.string() }),
      fc.record({ kind: fc.constant('other' as const), type: fc.string(), settings: fc.constant(new Map()) }),
    )
    const tree = fc.letrec<{ node: MdtCondition }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({ kind: fc.constantFrom('all', 'any', 'none'), of: fc.array(tie('node'), { maxLength: 4 }) }),
      ),
    })).node
    fc.assert(
      fc.property(tree, (condition) => {
        const result = translateCondition(condition)
        if (result.is !== 'when') return
        const parsed = parseCondition(result.source)
        expect(parsed.ok).toBe(true)
      }),
    )
  })

  test('means what it says: the model of this machine', () => {
    const condition = translated(
      wmi('SELECT * FROM Win32_ComputerSystem WHERE Manufacturer LIKE "%Intel%" AND Model LIKE "NUC%"'),
    )
    const parsed = parseCondition(condition.is === 'when' ? condition.source : 'false')
    const decide = (product: string): boolean =>
      parsed.ok && holds(parsed.expression, { manufacturer: 'Intel(R) Client Systems', product })
    expect([decide('NUC13ANHi5'), decide('OptiPlex 7010')]).toEqual([true, false])
    expect(condition).toMatchObject({ because: [{ code: 'MDT_CONDITION_LOOSER' }] })
  })
})
