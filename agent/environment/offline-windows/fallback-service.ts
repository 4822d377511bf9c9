import { executableFile } from '../../protocol/windows-agent/manifest.ts'
import { fallbackServiceName } from '../../protocol/windows-agent/start-up.ts'
import { etabliPath } from './windows-volume.ts'

/**
 * The fallback service, for when the answer file's command was not run: a service in the applied Windows' own registry, which
 * makes the start-up task. SetupComplete.cmd is skipped with OEM keys, a first logon needs a person. The service manager
 * ends a program that does not answer it within 30 s (ServicesPipeTimeout); `install` is done in a few, and takes the
 * service away itself.
 */
const values: ReadonlyArray<readonly [name: string, value: string]> = [
  // SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START, SERVICE_ERROR_IGNORE of winnt.h.
  ['Type', 'dword:0x10'],
  ['Start', 'dword:0x2'],
  ['ErrorControl', 'dword:0x0'],
  ['ImagePath', `expandstring:"${etabliPath}\\${executableFile}" install --start`],
  ['DisplayName', 'string:Etabli agent, fallback service'],
  ['ObjectName', 'string:LocalSystem'],
]

/** The services' key in a control set. */
export function servicesKey(controlSet: string): string {
  return `${controlSet}\\Services`
}

/** For `hivexsh`: succeeds when the image names an answer file of its own, which wins over every other. */
export const askAnswerFile: readonly string[] = ['cd \\Setup', 'lsval UnattendFile']

/** For `hivexsh`: succeeds when the service is there already. */
export function askService(services: string): readonly string[] {
  return [`cd ${services}\\${fallbackServiceName}`]
}

/** For `hivexsh -w`: makes the service, or makes it anew. */
export function registerService(services: string, isThere: boolean): readonly string[] {
  return [
    `cd ${services}`,
    ...(isThere ? [] : [`add ${fallbackServiceName}`]),
    `cd ${fallbackServiceName}`,
    `setval ${values.length}`,
    ...values.flat(),
    'commit',
  ]
}
