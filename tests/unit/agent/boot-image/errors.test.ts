import { expect, test } from 'vitest'
import { EnvironmentError } from '../../../../agent/boot-image/errors.ts'

test('parameters stand in the sentences', () => {
  const error = new EnvironmentError('ENVIRONMENT_TOOLS_MISSING', { tools: 'xz, cpio', packages: 'xz-utils cpio' })
  expect([error.description.message.fr, error.description.fix.fr]).toEqual([
    'Il manque des programmes\u202f: xz, cpio.',
    'Installez-les par «\u202fapt-get install xz-utils cpio\u202f».',
  ])
})
