import type { Reported } from '../../../images/software/manifest.ts'
import type { StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import {
  registryNumber,
  valueIn,
  type RegistryKey,
  type RegistryQuestion,
  type RegistryValue,
} from '../system/registry.ts'
import { readRegistry } from '../system/registry-access.ts'

const askEveryMs = 5000
/** Numbers this long are read aloud in groups, as TeamViewer shows its own. */
const groupedFrom = 9

/** What a value says to people; null while the software has not made it yet: absent, empty or 0. Pure. */
export function reportedText(value: RegistryValue | null): string | null {
  if (value === null) return null
  const number = registryNumber(value)
  if (number !== null) return number === 0n ? null : grouped(number.toString())
  const text = value.data.trim()
  return text === '' || text === '0' ? null : text
}

type Places = Pick<Reported, 'keys' | 'value'>

/** Where a value may be. Pure. */
export function reportedQuestions({ keys, value }: Places): RegistryQuestion[] {
  return keys.map((key) => ({ key, names: [value] }))
}

/** What the first of its places says that says anything. Pure. */
export function firstReported(read: readonly RegistryKey[], { keys, value }: Places): string | null {
  return keys.map((key) => reportedText(valueIn(read, key, value))).find((text) => text !== null) ?? null
}

/** `123456789` as `123 456 789`, from the right. */
function grouped(digits: string): string {
  return digits.length < groupedFrom ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ' ')
}

/**
 * Waits for a value that installed software makes by itself, as TeamViewer its ID at its first contact with the Internet;
 * null when it is not there after the time the manifest gives it, which is no failure.
 */
export async function waitForReported(
  context: StepContext,
  dependencies: WindowsDependencies,
  reported: Reported,
  onWait: () => void,
): Promise<string | null> {
  const rounds = Math.ceil((reported.waitSeconds * 1000) / askEveryMs)
  for (let round = 0; ; round += 1) {
    const read = await readRegistry(context, dependencies, reportedQuestions(reported))
    const text = firstReported(read, reported)
    if (text !== null || round >= rounds) return text
    onWait()
    await context.clock.sleep(askEveryMs, context.signal)
  }
}
