import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deploymentRefusals } from '../../../../server/deployments/errors.ts'
import { describeRunFailure } from '../../../../server/deployments/failure-messages.ts'
import { machineRefusals } from '../../../../server/machines/errors.ts'
import { stockRefusals } from '../../../../server/stock/errors.ts'
import { problemWords, sayProblem, type ProblemCode } from '../../../../tasksequences/parse/problems.ts'

const catalogue = { ...machineRefusals, ...stockRefusals, ...deploymentRefusals }
/** A plain space where French wants a narrow no-break one. */
const plainSpace = /« | »| [;!?](?!=)| :(?: |$)/

/** Codes that the sources of a folder refuse with. */
function codesIn(folder: string): string[] {
  const path = join(import.meta.dirname, '../../../../server', folder)
  const texts = readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [readFileSync(join(path, entry.name), 'utf8')] : [],
  )
  return texts.flatMap((text) =>
    [...text.matchAll(/(?:Refusal|refused)\(\s*'([A-Z_]+)'/g)].map((match) => match[1] ?? ''),
  )
}

test.each(['machines', 'stock', 'deployments'])('every refusal of %s has its words', (folder) => {
  const codes = codesIn(folder)
  expect(codes.length).toBeGreaterThan(0)
  expect(codes.filter((code) => !Object.hasOwn(catalogue, code))).toEqual([])
})

describe.each(Object.entries(catalogue))('%s', (_, words) => {
  test('says what and what to do, in both languages, whatever the parameters', () => {
    const inner = { fr: 'f.', en: 'e.' }
    for (const params of [inner, { ...inner, id: 'x', name: 'y', from: 'received', to: 'ready', allowed: 'received' }])
      for (const sentence of [words.message(params), words.fix(params)]) {
        expect(sentence.fr).toMatch(/[.?]$/)
        expect(sentence.en).toMatch(/[.?]$/)
        expect(sentence.fr).not.toMatch(plainSpace)
      }
  })
})

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemWords, code)

test.each(Object.keys(problemWords).filter(isProblemCode))(
  '%s in a sequence has its words in both languages',
  (code) => {
    const { fr, en } = sayProblem(
      code,
      {
        key: 'k',
        type: 't',
        suggestion: 's',
        allowed: 'a',
        name: 'n',
        limit: 1,
        phase: 'p',
        needs: 'm',
        found: 'o',
        after: 'b',
      },
      { fr: 'f', en: 'e' },
    )
    expect(fr).not.toBe(en)
    expect(fr).not.toMatch(plainSpace)
    expect(`${fr}${en}`).not.toContain('undefined')
  },
)

test('a failure that only the server sees has its words, all others are the agent’s', () => {
  expect(describeRunFailure({ code: 'STEP_INTERRUPTED', params: { step: 'apply-image', times: 4 } }).message.en).toBe(
    'The machine restarted 4 times during the step "apply-image" without finishing it.',
  )
  expect(describeRunFailure({ code: 'NOBODY_KNOWS', params: {} }).message.fr).toContain('NOBODY_KNOWS')
})
