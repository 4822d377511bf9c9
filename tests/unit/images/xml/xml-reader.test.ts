import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MalformedXml } from '../../../../images/xml/malformed-xml.ts'
import { findElement, readXml, type XmlElement } from '../../../../images/xml/xml-reader.ts'
import { runs } from '../../property-runs.ts'

const name = fc.stringMatching(/^[A-Z][A-Z0-9]{0,8}$/)
const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\p{Cc}\p{Cs}\p{Cn}]/gu, ''))
const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc.record({
    name,
    attributes: fc.array(fc.tuple(name, text), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    children: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'xml' },
      fc.constant([]),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
    text,
  }),
}))

function written(element: XmlElement): string {
  const escaped = (value: string): string =>
    value.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '&#34;')
  const attributes = [...element.attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')
  return `<${element.name}${attributes}>${escaped(element.text)}${element.children.map(written).join('')}</${element.name}>`
}

describe('XML', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(tree, (element) => {
        expect(readXml(written(element))).toEqual(element)
      }),
    )
  })

  test('answers any text with an element or MalformedXml', () => {
    const soup = fc
      .array(
        fc.constantFrom('<', '>', '/', 'A', 'B', '=', '"', "'", '&', ';', '#', 'x1', '!--', '-->', ' ', '<A>', '</A>'),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          soup,
          soup.map((inner) => `<A>${inner}</A>`),
        ),
        (input) => {
          try {
            readXml(input)
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedXml)
          }
        },
      ),
      { numRuns: runs(3000) },
    )
  })

  test('finds by path, reads CDATA and character references, passes over comments', () => {
    const root = readXml(
      '<?xml version="1.0"?><!-- a --><A X=\'1\'><B/><B><C><![CDATA[a<b]]>&#233;&#x41;&amp;</C></B><D>z</D></A>',
    )
    expect(root.attributes.get('X')).toBe('1')
    expect(findElement(root, 'D')?.text).toBe('z')
    expect(findElement(root, 'B')?.children).toEqual([])
    expect(root.children[1]?.children[0]?.text).toBe('a<béA&')
    expect(findElement(root, 'B/C/Z')).toBeUndefined()
  })

  test.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><A/>'],
    [
      'entities that grow',
      `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]><A>&b;</A>`,
    ],
    ['an entity of its own', '<A>&lol;</A>'],
    ['a reference to no character', '<A>&#0;</A>'],
    ['half a surrogate', '<A>&#xD800;</A>'],
    ['a bare ampersand', '<A>a & b</A>'],
    ['an element left open', '<A><B></A>'],
    ['two roots', '<A/><B/>'],
    ['text outside', '<A/>x'],
    ['an attribute twice', '<A X="1" X="2"/>'],
    ['nothing', ''],
    ['a nest of forty', '<A>'.repeat(40) + '</A>'.repeat(40)],
    ['two hundred thousand elements and one', `<A>${'<B/>'.repeat(200_000)}</A>`],
    ['more text than any WIM has', `<A>${'x'.repeat(8 * 1024 * 1024)}</A>`],
  ])('refuses %s', (_what, input) => {
    expect(() => readXml(input)).toThrow(MalformedXml)
  })
})
