import { describeCode, type CodeOf, type Description, type Messages, type ParamsOf } from '../../../text/messages.ts'
import { appsFailures } from './apps-failures.ts'
import { diskFailures } from './disk-failures.ts'
import { hardwareFailures } from './hardware-failures.ts'
import { imageFailures } from './image-failures.ts'
import { bootFailures } from './boot-failures.ts'
import { driverFailures } from './driver-failures.ts'
import { materialFailures } from './material-failures.ts'
import { preparationFailures } from './preparation-failures.ts'
import { sealingFailures } from './sealing-failures.ts'
import { settingFailures } from './setting-failures.ts'
import { softwareFailures } from './software-failures.ts'
import { stepFailures } from './step-failures.ts'
import { updateFailures } from './update-failures.ts'
import type { Failure } from '../messages.ts'

/** Every way a step can fail. A code is never used again for something else. */
export const failures = {
  ...hardwareFailures,
  ...diskFailures,
  ...imageFailures,
  ...bootFailures,
  ...materialFailures,
  ...driverFailures,
  ...updateFailures,
  ...preparationFailures,
  ...softwareFailures,
  ...appsFailures,
  ...settingFailures,
  ...sealingFailures,
  ...stepFailures,
} satisfies Messages

export type FailureCode = CodeOf<typeof failures>

/** A failure as data. `detail` is the end of the program's own output, for the log; `choice` is what a person can choose. */
export function failure<Code extends FailureCode>(
  code: Code,
  params: ParamsOf<typeof failures, Code>,
  more: Pick<Failure, 'detail' | 'choice'> = {},
): Failure {
  return { code, params, ...more }
}

/** The sentence and the fix of any failure, also of one that an agent of another version made. */
export function describeFailure({ code, params }: Pick<Failure, 'code' | 'params'>): Description {
  return describeCode(failures, code, params)
}
