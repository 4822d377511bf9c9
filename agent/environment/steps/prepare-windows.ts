import { randomBytes } from 'node:crypto'
import { Value } from 'typebox/value'
import { writeAnswerFile } from '../../../images/unattend/answer-file.ts'
import { readFirmwareKey } from '../../../images/unattend/firmware-key.ts'
import { keyReasons, setupCompleteMessages } from '../../../images/unattend/key-messages.ts'
import { clockSentence } from '../../../text/clock-sentence.ts'
import { randomPassword } from '../../../images/unattend/password.ts'
import type { AnswerFileSettings } from '../../../images/unattend/settings.ts'
import { injectDrivers } from '../../../tasksequences/steps/inject-drivers.ts'
import { PrepareWindowsInput } from '../../../tasksequences/steps/prepare-windows.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { reveal } from '../../runtime/secrets.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import type { ClockForWindows } from '../clock/machine-clock.ts'
import { placeAnswerFile } from '../offline-windows/answer-place.ts'
import { answerSettings } from '../offline-windows/answer-settings.ts'
import type { StepDependencies } from '../dependencies.ts'
import { registerFallbackService, type FallbackService } from '../offline-windows/hive-edit.ts'
import { decideKey, type ChosenKey } from '../offline-windows/key-policy.ts'
import { withMounted } from '../disk/mounts.ts'
import { readTimeBias } from '../offline-windows/read-time-bias.ts'
import { writeSetupComplete } from '../offline-windows/setup-complete.ts'
import { agentStart, driversCommand } from '../offline-windows/specialize-commands.ts'
import { locateVolume, type LocatedVolume } from '../disk/volumes.ts'
import { writeAgent } from '../offline-windows/windows-agent.ts'
import { findPath } from '../offline-windows/windows-volume.ts'
import { InjectedDrivers } from './inject-drivers.ts'
import { parseInput } from './input.ts'
import { mustRun } from './program.ts'

const msdm = 'sys/firmware/acpi/tables/MSDM'

/**
 * Lays the agent, its two ways in and the answer file onto the applied Windows, so that it comes up by itself. All is
 * decided before the disk is touched, and each file is written whole or not at all, so the step may be repeated after a
 * power cut. No key and no password is ever in the log or the result.
 */
export function prepareWindows(dependencies: StepDependencies): Step {
  return async (context) => {
    const volume = await locateVolume(context, dependencies, 'windows')
    const { key, settings } = await decide(context, dependencies)
    return withMounted(context, dependencies, [{ volume, readOnly: false }], async ([windows = '']) => {
      if ((await findPath(windows, ['Windows'])) === null) {
        throw new StepError(failure('WINDOWS_MISSING', { disk: volume.diskName }))
      }
      const agentVersion = await writeAgent(context, dependencies, windows)
      const setupComplete = await writeSetupComplete(context, windows)
      const fallbackService = await registerFallbackService(context, windows)
      sayOf(context, fallbackService)
      const clock = await setClock(context, dependencies, windows)
      // Last: a Windows that has it has all the rest.
      await placeAnswerFile(context, windows, writeAnswerFile(settings))
      await flush(context, volume)
      return {
        result: {
          ...resultOf(settings, key),
          setupCompleteScript: setupComplete,
          fallbackService,
          agentVersion,
          clock,
        },
      }
    })
  }
}

async function decide(
  context: StepContext,
  dependencies: StepDependencies,
): Promise<{ key: ChosenKey; settings: AnswerFileSettings }> {
  const { work, inventory, log } = context
  const input = parseInput(PrepareWindowsInput, context)
  const { edition = '', languages = [] } = work.image ?? {}
  const firmware = readFirmwareKey(await dependencies.files.bytes(msdm))
  if (firmware.state === 'damaged')
    log('warning', `the firmware's licence table (MSDM) is unreadable: ${firmware.field}`)
  const key = decideKey({ wanted: reveal(input.key ?? 'automatic', context), edition, firmware })
  if (key.kind === 'refused') throw new StepError(key.failure)
  log('info', keyReasons[key.reason].en)
  log('info', setupCompleteMessages[key.setupComplete].en)
  const answer = answerSettings({
    ...{ input, variables: work.variables, languages, inventory, agentStart },
    productKey: key.productKey,
    password: randomPassword(randomBytes),
    specializeCommands: hasDrivers(context) ? [driversCommand] : [],
  })
  if (answer.kind === 'refused') throw new StepError(answer.failure)
  return { key, settings: answer.settings }
}

function hasDrivers({ work }: StepContext): boolean {
  const injected = work.results[injectDrivers.type]
  return Value.Check(InjectedDrivers, injected) && injected.infs > 0
}

function sayOf({ log }: StepContext, fallbackService: FallbackService): void {
  if (fallbackService.state === 'no-hive')
    log('warning', 'this image has no SYSTEM hive: no fallback service is registered')
  if (fallbackService.state === 'refused')
    log('warning', `no fallback service is registered: ${fallbackService.reason}`)
}

/** The firmware's clock in this Windows' own local time: what it is wrong by then, it has for as long as nobody corrects it. */
async function setClock(context: StepContext, dependencies: StepDependencies, windows: string) {
  const { inventory, exec, log } = context
  const biasMinutes = await readTimeBias(context, windows)
  const became: ClockForWindows =
    biasMinutes === null
      ? { kind: 'left', reason: 'its registry names no time zone' }
      : await dependencies.machineClock.setForWindows(exec, biasMinutes)
  const isSet = became.kind === 'set'
  if (!isSet) log('warning', `the firmware's clock is left as it is for Windows: ${became.reason}`)
  const found = inventory.clock && { ...inventory.clock, corrected: inventory.clock.corrected || isSet }
  if (found !== undefined) log('warning', clockSentence(found).en)
  return { set: isSet, biasMinutes, ...(found === undefined ? {} : { found }) }
}

async function flush(context: StepContext, { diskName }: LocatedVolume): Promise<void> {
  await mustRun(context, 'sync', [], () => failure('WINDOWS_NOT_PREPARED', { file: diskName, reason: 'sync' }))
}

function resultOf(settings: AnswerFileSettings, { reason, setupComplete }: ChosenKey) {
  const { computerName, locale, language, keyboard, timeZone, account, specializeCommands } = settings
  return {
    ...{ computerName, locale, language, keyboard, timeZone },
    account: account.kind === 'local' ? account.name : account.kind,
    key: { reason, setupComplete },
    installsDrivers: specializeCommands.length > 0,
  }
}
