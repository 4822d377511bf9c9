import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLiveEvent, readEvents } from '../../../../server/dashboard/live/event-stream.ts'

function readAll(chunks: string[]): string[] {
  const all: string[] = []
  let rest = ''
  for (const chunk of chunks) {
    const read = readEvents(rest, chunk)
    all.push(...read.data)
    rest = read.rest
  }
  return all
}

describe('the event stream', () => {
  test('passes over heartbeats, ids and retry times', () => {
    expect(readAll([': etabli\n\nretry: 2000\n\nid: a-1\ndata: {"x":1}\n\n: heartbeat\n\n'])).toEqual(['{"x":1}'])
  })

  test('joins the lines of one event and takes any line end', () => {
    expect(readAll(['data: a\r\ndata:b\r\n\r\n'])).toEqual(['a\nb'])
  })

  test('gives the same events however the bytes are cut', () => {
    const texts = fc.array(
      fc.string().filter((text) => text !== '' && !/[\r\n]/.test(text)),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(texts, fc.array(fc.nat(), { maxLength: 8 }), (data, cuts) => {
        const wire = data.map((text) => `id: 1-1\ndata: ${text}\n\n`).join('')
        const places = [0, ...cuts.map((cut) => cut % (wire.length + 1)), wire.length].sort((a, b) => a - b)
        const chunks = places.slice(1).map((end, index) => wire.slice(places[index], end))
        expect(readAll(chunks)).toEqual(data)
      }),
    )
  })
})

test.each([
  ['{"type":"machine-removed","id":"1"}', { type: 'machine-removed', id: '1' }],
  ['{"type":"begin"}', null],
  ['{"type":"toString"}', null],
  ['[]', null],
  ['null', null],
  ['{"type":', null],
])('reads %s', (data, event) => {
  expect(parseLiveEvent(data)).toEqual(event)
})
