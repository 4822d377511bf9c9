import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constantFrom, array, assert, property } from 'fast-check'
import { expect, test } from 'vitest'
import { readDocument } from '../../../../text/yaml/document.ts'
import { parseSequence } from '../../../../tasksequences/parse/parse-sequence.ts'
import { runs } from '../../property-runs.ts'

const run = promisify(execFile)

/** Processor seconds, which a busy machine does not use up; measured 8. One that doubles with each level never ends. */
const mostSeconds = 60

test(
  'no text of 64 KiB keeps the server: a hundred of the worst are read in bounded time',
  { timeout: 600_000 },
  async () => {
    const program = join(import.meta.dirname, 'hostile-texts.ts')
    const limited = `ulimit -t ${mostSeconds}; exec "$0" "$1"`
    const { stdout } = await run('sh', ['-c', limited, process.execPath, program])
    expect(stdout).toMatch(/^read \d+ texts$/m)
  },
)

test.each(['? {a: b}\n: c\n', '{? [x]: y}', '[a]: b', '{a: {[b]: c}}'])(
  'a key that is no text is refused: %j',
  (text) => {
    const { isReadable, reader } = readDocument(text)
    expect(isReadable).toBe(false)
    expect(reader.problems.map(({ code }) => code)).toContain('FILE_KEY_NOT_TEXT')
  },
)

test('any pile of YAML signs is read to an end', () => {
  const signs = constantFrom(
    ...['? ', ': ', '- ', '[', ']', '{', '}', ',', '&a ', '*a ', '!t ', '|\n', '>\n', '"', "'", '#', '%', '\n', ' '],
    ...['\n  ', '---\n', '...\n', 'a', '1', '\t', '\0', '${secret.', '}', '$', '<<: '],
  )
  assert(
    property(array(signs, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('')
      const parsed = parseSequence(text)
      expect(parsed.ok ? [] : parsed.problems).not.toHaveLength(parsed.ok ? 1 : 0)
    }),
    { numRuns: runs(300) },
  )
})
