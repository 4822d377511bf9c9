import { aroundSecrets, brokenSecretReferences, disarmed } from '../../../../tasksequences/secret-references.ts'
import { fillText } from '../../../../tasksequences/interpolation.ts'
import { parseSequence } from '../../../../tasksequences/parse/parse-sequence.ts'
import { readInf } from '../../../../images/inf/read-inf.ts'

// A program of its own, whose processor time hostile.test.ts bounds: it reads texts that a careless reader never ends with.

/** Just within what the YAML reader takes. */
const size = 64 * 1024
const filled = (piece: string, before = '', after = ''): string =>
  before + piece.repeat(Math.floor((size - before.length - after.length) / piece.length)) + after
const nested = (open: string, inner: string, close: string, levels: number): string =>
  open.repeat(levels) + inner + close.repeat(levels)
const numbered = (line: (index: number) => string): string => {
  let text = ''
  for (let index = 0; ; index += 1) {
    const next = line(index)
    if (text.length + next.length > size) return text
    text += next
  }
}
const command = (text: string): string => `name: x\nenvironment:\n  - run-command: { command: '${text}' }\n`

/** Keys that are not texts: each level doubled the time, so that 83 bytes were five seconds. */
const keys = [
  ...[20, 41, 500].flatMap((levels) => [
    '? '.repeat(levels),
    '{? '.repeat(levels),
    nested('{? ', 'a', '}', levels),
    '? - '.repeat(levels),
    nested('[', 'a', ']: x', levels),
    nested('{', 'a', '}: x', levels),
  ]),
  filled('? {a: b}\n: c\n'),
  filled('[a]: b\n'),
]

/** What nests, repeats or never closes. */
const large = [
  ...['[', '{', '[{', '- ', '-\n', '? ', '?\n', 'a: ', ': ', ':\n', '!', '&', '*', '%', '|', '"\n', "'", ']\n', '\0'],
  ...['&a ', '- &a x\n', '- *a\n', '!!str ', '---\n', '...\n', '# c\n', '\n', '\t', '<<: [x]\n', 'a: b: c\n', 'k: x\n'],
].map((piece) => filled(piece))
const shaped = [
  filled('a,', '[', ']'),
  filled('a: b, ', '[', ']'),
  filled('# c\n', '['),
  filled('a\n ', 'a: "', '"'),
  filled(' \n', 'a: "', '"'),
  filled('  x\n\n', 'a: >\n'),
  filled('1', 'a: ', 'x'),
  numbered((index) => `k${index}: x\n`),
  numbered((index) => `${' '.repeat(index)}a:\n`),
  numbered(() => '- {a: 1, a: 1}\n'),
  nested('{a: 1, a: 1, b: ', 'x', '}', 3500),
]

/** References that are not finished, in the largest text a step takes, and in one far larger. */
const references = ['${secret.', '${secret.a', '${secret :', '${ ', '${', '$', '${secret.a$', '${secrets:a '].flatMap(
  (piece) => [piece.repeat(8000 / piece.length), piece.repeat(500_000 / piece.length)],
)

for (const text of [...keys, ...large, ...shaped]) parseSequence(text)
for (const text of references) {
  parseSequence(command(text))
  brokenSecretReferences(text)
  aroundSecrets(text, (part) => part)
  disarmed(text)
  fillText(text, {})
}
readInf(Buffer.from(`[Version]\r\nx = ${'\\'.repeat(500_000)}y\\\r\n`))
process.stdout.write(`read ${keys.length + large.length + shaped.length + references.length} texts\n`)
