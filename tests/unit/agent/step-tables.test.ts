import { expect, test } from 'vitest'
import { environmentStepTable } from '../../../agent/environment/steps/step-table.ts'
import { windowsStepTable } from '../../../agent/windows/steps/step-table.ts'
import type { Phase } from '../../../tasksequences/sequence.ts'
import { stepDefinitions } from '../../../tasksequences/steps/definitions.ts'

test.each<[Phase, object]>([
  ['environment', environmentStepTable],
  ['windows', windowsStepTable],
])('the half in %s does every step that is defined for it, and no other', (phase, table) => {
  const defined = stepDefinitions.filter(({ phases }) => phases.includes(phase)).map(({ type }) => type)
  expect(Object.keys(table).toSorted()).toEqual(defined.toSorted())
})
