import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readFileBySchema } from '../../../../text/yaml/read-value.ts'

const exact = { additionalProperties: false }
const schema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 20 }),
    count: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
    list: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { minItems: 1, maxItems: 3 })),
    kind: Type.Optional(Type.Union([Type.Literal('red'), Type.Literal('blue')])),
    made: Type.Optional(
      Type.Union([
        Type.Object({ by: Type.Literal('hand'), who: Type.String({ maxLength: 20 }) }, exact),
        Type.Object({ by: Type.Literal('machine') }, exact),
      ]),
    ),
  },
  exact,
)

/** `line:column CODE key` of every problem. */
function problemsOf(text: string): string[] {
  const parsed = readFileBySchema(text, schema)
  return parsed.ok
    ? []
    : parsed.problems.map((one) => `${one.line}:${one.column} ${one.code} ${one.params['key'] ?? ''}`)
}

describe('a YAML file of the catalogue', () => {
  test('gives its value when it is as its schema says', () => {
    const parsed = readFileBySchema('name: a\nlist: [x, y]\nkind: red\nmade: { by: hand, who: Claire }\n', schema)
    expect(parsed).toEqual({
      ok: true,
      value: { name: 'a', list: ['x', 'y'], kind: 'red', made: { by: 'hand', who: 'Claire' } },
    })
  })

  test('takes a number as it is written where a text is wanted', () => {
    expect(readFileBySchema('name: 24.10\nlist: [1, true]\n', schema)).toEqual({
      ok: true,
      value: { name: '24.10', list: ['1', 'true'] },
    })
  })

  test.each([
    ['name: a\nname: b', ['2:1 FILE_KEY_TWICE name']],
    ['count: 1', ['1:1 FILE_KEY_MISSING name']],
    [
      'name: a\ncount: 12\nlist: []\nkind: green',
      ['2:8 FILE_VALUE_WRONG count', '3:7 FILE_VALUE_WRONG list', '4:7 FILE_VALUE_WRONG kind'],
    ],
    ['name: a\nmade: { by: nobody }', ['2:13 FILE_VALUE_WRONG made.by']],
    ['name: a\nmade: {}', ['2:7 FILE_KEY_MISSING made.by']],
    [
      'name: a\nmade: { by: hand, by: hand, who: x, how: y }',
      ['2:19 FILE_KEY_TWICE made.by', '2:37 FILE_KEY_UNKNOWN made.how'],
    ],
    ['name:\nlist: x', ['1:6 FILE_VALUE_WRONG name', '2:7 FILE_VALUE_WRONG list']],
    ['- a', ['1:1 FILE_VALUE_WRONG —']],
    ['', ['1:1 FILE_VALUE_WRONG —']],
    ['name: &a x\ncount: *a', ['1:10 FILE_ALIAS ', '2:8 FILE_ALIAS ']],
  ])('names every problem of %j with line, column and key', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems)
  })

  test('says in both languages what must stand there', () => {
    const parsed = readFileBySchema('name: a\nkind: 3\n', schema)
    expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual([
      {
        fr: 'La valeur de « kind » ne va pas. Écrivez « red » ou « blue ».',
        en: 'The value of "kind" is wrong. It must be "red" or "blue".',
      },
    ])
  })

  test('names what was probably meant, and says the reader’s reasons in French', () => {
    const messageOf = (text: string) => {
      const parsed = readFileBySchema(text, schema)
      return parsed.ok ? undefined : parsed.problems[0]?.message.fr
    }
    expect(messageOf('name: a\nlisst: [x]\n')).toContain('Vouliez-vous dire «\u202flist\u202f»\u202f?')
    expect(messageOf('name: a\nmade: { by: hand, whi: x }\n')).toContain('«\u202fmade.who\u202f»')
    expect(messageOf('name: a\n\tlist: [x]\n')).toContain('il faut des espaces')
  })

  test('is refused whole when it is too large or nested too deeply, or not YAML', () => {
    expect(problemsOf(`name: ${'a'.repeat(300_000)}`)).toEqual(['1:1 FILE_TOO_LARGE '])
    expect(problemsOf('['.repeat(60_000))[0]).toMatch(/FILE_TOO_DEEP|FILE_YAML/)
    expect(problemsOf('name: "a')).toMatchObject([expect.stringContaining('FILE_YAML')])
  })

  test('lists no more than a hundred problems', () => {
    const text = Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join('\n')
    expect(problemsOf(text)).toHaveLength(100)
  })

  test('never throws, whatever the text', () => {
    const pieces = fc.constantFrom(
      'name:',
      ' a',
      '\n',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&x',
      '*x',
      '"',
      ': ',
      '#',
      '\t',
      '|',
      '? ',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 40 }), (parts) => {
        const parsed = readFileBySchema(parts.join(''), schema)
        return parsed.ok || parsed.problems.length > 0
      }),
    )
  })

  test('comes back as it was when written out', () => {
    const text = fc.string({ minLength: 1, maxLength: 20 })
    const value = fc.record(
      {
        name: text,
        count: fc.integer({ min: 0, max: 9 }),
        list: fc.array(text, { minLength: 1, maxLength: 3 }),
        kind: fc.constantFrom('red' as const, 'blue' as const),
        made: fc.record({ by: fc.constant('hand' as const), who: text }),
      },
      { requiredKeys: ['name'] },
    )
    fc.assert(
      fc.property(value, (one) => {
        expect(readFileBySchema(stringify(one), schema)).toEqual({ ok: true, value: one })
      }),
    )
  })
})
