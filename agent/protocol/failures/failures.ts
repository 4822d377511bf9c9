import { entry, readerOf, type Entry, type Words } from './failure-messages.ts'
import { appsFailures } from './apps-failures.ts'
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

/** Every way a step can fail. A code is never used again for something else; the README lists them. */
const catalogue = {
  ...hardwareFailures,
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
} satisfies Record<string, Entry<never>>

export type FailureCode = keyof typeof catalogue

/** The parameters a code's sentences are made of. */
export type FailureParams<C extends FailureCode> = Readonly<
  Record<(typeof catalogue)[C] extends Entry<infer Name> ? Name : never, string | number | boolean>
>

/** All the codes there are. */
export const failureCodes: readonly string[] = Object.keys(catalogue)

const unknown = entry<'code'>(
  (p) => [
    `Une erreur inconnue de cette version est survenue (${p.text('code')}).`,
    'Lisez le journal de l’étape, puis reprenez ; mettez à jour le serveur si le code reste inconnu.',
  ],
  (p) => [
    `Something went wrong that this version does not know (${p.text('code')}).`,
    'Read the step’s log, then retry; update the server if the code stays unknown.',
  ],
)

/** A failure as data. `detail` is the program's own last words, for the log; `choice` is what a person can choose. */
export function failure<C extends FailureCode>(
  code: C,
  params: FailureParams<C>,
  more: Pick<Failure, 'detail' | 'choice'> = {},
): Failure {
  return { code, params: { ...params }, ...more }
}

/** The sentence and the fix of any failure, also of one that an agent of another version made. */
export function describeFailure(failure: Failure): Words {
  const { code, params } = failure
  if (isKnown(code)) return catalogue[code].words(readerOf(params, 'fr'), readerOf(params, 'en'))
  return unknown.words(readerOf({ code }, 'fr'), readerOf({ code }, 'en'))
}

function isKnown(code: string): code is FailureCode {
  return Object.hasOwn(catalogue, code)
}
