import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeSentence } from '../../../../tasksequences/mdt/report.ts'
import { parseSequence } from '../../../../tasksequences/parse/parse-sequence.ts'
import { group, imported, installing, sequence, share, step, stepsOf, variable } from './built-share.ts'

/** Any tree of groups and steps, with how many nodes it has. */
const node = fc.letrec<{ node: { xml: string; count: number } }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc
      .record({
        name: fc.string({ unit: fc.constantFrom('a', '"', '<', '$', '{', 'é', ' ', "'", ':', '#') }),
        action: fc.oneof(
          fc
            .constantFrom(
              'ZTIWindowsUpdate',
              'ZTIDrivers',
              'ZTIValidate',
              'LTISuspend',
              'ZTIUnheardOf',
              'ZTIBde',
              'LTIApply',
            )
            .map((name) => `cscript.exe "%SCRIPTROOT%\\${name}.wsf"`),
          fc.string({ unit: fc.constantFrom('a', '"', '%', '$', '{', '}', '\\', ' ', '\n', '&', "'", ':', '#', '- ') }),
        ),
        attributes: fc.constantFrom('', 'disable="true"', 'continueOnError="true"'),
        condition: fc.constantFrom(
          '',
          `<condition>${variable('Make', 'equals', 'HP')}</condition>`,
          `<condition>${variable('A b', 'like', '*x*')}</condition>`,
        ),
        type: fc.constantFrom(
          '',
          'SMS_TaskSequence_RunCommandLineAction',
          'BDD_InstallRoles',
          'SMS_TaskSequence_RebootAction',
          'SMS_TaskSequence_SetVariableAction',
          'Unheard_Of',
        ),
      })
      .map(({ name, action, ...more }) => ({
        xml: step(name, action, {
          ...more,
          variables: { VariableName: name, VariableValue: action, OSFeatures: 'NetFx3' },
        }),
        count: 1,
      })),
    fc
      .record({ children: fc.array(tie('node'), { maxLength: 4 }), attributes: fc.constantFrom('', 'disable="true"') })
      .map(({ children, attributes }) => ({
        xml: group('Group', children.map(({ xml }) => xml).join(''), { attributes }),
        count: 1 + children.reduce((sum, { count }) => sum + count, 0),
      })),
  ),
})).node

describe('whatever the share', () => {
  test('every group and step has one line, what is written can be read, and twice gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 5 }), fc.boolean(), async (nodes, isInstalling) => {
        const inner = nodes.map(({ xml }) => xml).join('')
        const files = { ...share(''), 'Control/TS1/ts.xml': sequence(isInstalling ? installing('', inner) : inner) }
        const made = await imported(files)
        const count =
          nodes.reduce((sum, one) => sum + one.count, 0) +
          (isInstalling ? installing().split(/<(?:step|group) /).length - 1 : 0)
        expect(made.report.filter(({ item }) => item.kind === 'step' || item.kind === 'group')).toHaveLength(count)
        expect(new Set(made.report.map(({ item }) => item.key)).size).toBe(made.report.length)
        const yaml = made.sequences[0]?.yaml ?? null
        if (yaml !== null) expect(parseSequence(yaml)).toMatchObject({ ok: true })
        expect(await imported(files)).toEqual(made)
      }),
      { numRuns: 200 },
    )
  })

  test('every section and setting of the rules has one line', async () => {
    const name = fc.constantFrom(
      'Settings',
      'Default',
      'DefaultGateway',
      'HP',
      'PF3ABC12',
      '00:11:22:33:44:55',
      '10.0.0.1',
      'A b',
    )
    const key = fc.constantFrom(
      'Priority',
      'Properties',
      'Subsection',
      'OSDComputerName',
      'UserLocale',
      'Site',
      'TaskSequenceID',
      'AdminPassword',
      'UserExit',
      '10.0.0.1',
    )
    const value = fc.constantFrom(
      'Default',
      'MACAddress,Model,Default',
      'DefaultGateway,SerialNumber,Default',
      'Site',
      '%Model%',
      '%Make%-%Model%',
      'TS1',
      '#X#',
      '',
      'A b',
      '${secret.x}',
    )
    const section = fc.record({ name, entries: fc.array(fc.tuple(key, value), { maxLength: 5 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(section, { maxLength: 8 }), async (sections) => {
        const ini = sections
          .map((one) => [`[${one.name}]`, ...one.entries.map((entry) => entry.join('='))].join('\n'))
          .join('\n')
        const made = await imported(share('', { 'Control/CustomSettings.ini': ini }))
        const lines = made.report.filter(({ item }) => item.kind === 'rule' || item.kind === 'setting')
        expect(lines).toHaveLength(sections.reduce((sum, { entries }) => sum + 1 + entries.length, 0))
        expect(stepsOf(made).length).toBeGreaterThan(0)
        for (const { outcome } of lines)
          expect(outcomeSentence(outcome).fr).not.toMatch(/undefined|…|[^\u202f][:;?!»]( |$)/)
      }),
    )
  })
})
