import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseIni, sectionOf, valueOf } from '../../../../tasksequences/mdt/ini.ts'

test('reads blanks around names, comments, quotation marks, a missing last line and tabs', () => {
  const ini = parseIni(
    '; a comment\r\n[ Settings ]\r\nPriority = Default\r\n\t; another\r\n[Default]\n\tOSInstall=Y\nName="a b"',
  )
  expect(valueOf(sectionOf(ini, 'settings'), 'priority')).toBe('Default')
  expect(valueOf(sectionOf(ini, 'Default'), 'OSINSTALL')).toBe('Y')
  expect(valueOf(sectionOf(ini, 'Default'), 'name')).toBe('a b')
})

test('keeps what is there twice, and lines that are nothing', () => {
  const ini = parseIni('a=1\n[A]\nx=1\nx=2\nnonsense\n[a]\nx=3\n')
  expect(ini.sections.map(({ name, entries }) => [name, entries.length])).toEqual([
    ['A', 2],
    ['a', 1],
  ])
  expect(ini.strays).toEqual([
    { text: 'a=1', line: 1 },
    { text: 'nonsense', line: 5 },
  ])
  expect(valueOf(sectionOf(ini, 'A'), 'x')).toBe('1')
})

test('reads anything, each line that says something once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { sections, strays } = parseIni(text)
      const lines = [
        ...strays.map(({ line }) => line),
        ...sections.flatMap(({ line, entries }) => [line, ...entries.map((one) => one.line)]),
      ]
      expect(new Set(lines).size).toBe(lines.length)
    }),
  )
})
