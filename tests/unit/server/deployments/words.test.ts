import { expect, test } from 'vitest'
import { describeRunFailure } from '../../../../server/deployments/failure-messages.ts'
import { problemWords, sayProblem, type ProblemCode } from '../../../../tasksequences/parse/problems.ts'

/** A plain space where French wants a narrow no-break one. */
const plainSpace = /« | »| [;!?](?!=)| :(?: |$)/

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
