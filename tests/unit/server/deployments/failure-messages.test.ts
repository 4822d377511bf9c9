import { expect, test } from 'vitest'
import { describeRunFailure } from '../../../../server/deployments/failure-messages.ts'

test('a failure that only the server sees has its words, all others are the agent’s', () => {
  expect(describeRunFailure({ code: 'STEP_INTERRUPTED', params: { step: 'apply-image', times: 4 } }).message.en).toBe(
    'The machine restarted 4 times during the step "apply-image" without finishing it.',
  )
  expect(describeRunFailure({ code: 'NOBODY_KNOWS', params: {} }).message.fr).toContain('NOBODY_KNOWS')
})
