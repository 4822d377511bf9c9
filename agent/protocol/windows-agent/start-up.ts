/**
 * How the agent is started as SYSTEM at every start of Windows.
 *
 * It is a task of the Task Scheduler, and no service: the service manager ends a program that does not answer it
 * within 30 s (StartServiceCtrlDispatcher, ServicesPipeTimeout), and a Node executable never does. The task is made in
 * the specialize pass, whose RunSynchronous commands run in the system context (Microsoft-Windows-Deployment), by
 * `etabli-agent.exe install`. It is made from XML (Task Scheduler schema 1.2), because `schtasks /create /sc onstart`
 * alone leaves defaults that end the agent: 72 hours at most, not on battery.
 *
 * Two more ways lead to the same command, should that one not have been run: `SetupComplete.cmd`, which Windows skips
 * with an OEM product key (documented), and a service that the environment registers offline. Its program does what it
 * has to in a few seconds, so that being ended afterwards costs nothing, and takes the service away.
 */

export const taskName = '\\Etabli\\Agent'
/** The service registered offline (`agent/environment/offline-windows/fallback-service.ts`). */
export const fallbackServiceName = 'EtabliStart'

/** One program to run: `accepted` are the exit codes that mean it is done. */
export type StartUpCommand = { command: string; args: string[]; accepted: readonly number[] }

/** Local System and the group Administrators, by identifier: their names change with the language of Windows. */
const system = '*S-1-5-18'
const administrators = '*S-1-5-32-544'

/**
 * Makes the task and starts it. First the folder is closed: any user may create files below ProgramData, and a DLL put
 * beside the executable would be loaded as SYSTEM. `taskFile` holds {@link taskXml}.
 */
export function installCommands(folder: string, taskFile: string): StartUpCommand[] {
  const rights = [system, administrators].flatMap((who) => ['/grant:r', `${who}:(OI)(CI)F`])
  return [
    { command: 'icacls.exe', args: [folder, '/inheritance:r', ...rights, '/q'], accepted: [0] },
    { command: 'schtasks.exe', args: ['/create', '/tn', taskName, '/xml', taskFile, '/f'], accepted: [0] },
  ]
}

/** Takes the fallback service away, once the task is made; 1060 (ERROR_SERVICE_DOES_NOT_EXIST): it was gone before. */
export function removeFallbackServiceCommands(): StartUpCommand[] {
  return [{ command: 'sc.exe', args: ['delete', fallbackServiceName], accepted: [0, 1060] }]
}

/** Starts it without a restart of Windows; a task that runs already is left alone (MultipleInstancesPolicy). */
export function startCommands(): StartUpCommand[] {
  return [{ command: 'schtasks.exe', args: ['/run', '/tn', taskName], accepted: [0] }]
}

/** Takes the task away; 1 is schtasks' answer for a task that is not there. The agent that runs goes on to its end. */
export function removeCommands(): StartUpCommand[] {
  return [{ command: 'schtasks.exe', args: ['/delete', '/tn', taskName, '/f'], accepted: [0, 1] }]
}

/** Exit code 0: the task is there. */
export function presentCommand(): StartUpCommand {
  return { command: 'schtasks.exe', args: ['/query', '/tn', taskName], accepted: [0] }
}

/**
 * Removes the folder after the agent has ended, since a program that runs cannot be deleted; `ping` is the wait that
 * needs no console. To be started detached. `folder` must have no blanks: `cmd` would need quotes that Node escapes.
 */
export function removeFolderCommand(folder: string): { command: string; args: string[] } {
  if (/[\s"&|<>^%]/.test(folder)) throw new Error(`a folder cmd would misread: ${folder}`)
  return { command: 'cmd.exe', args: ['/d', '/c', `ping -n 4 127.0.0.1 >nul & rmdir /s /q ${folder}`] }
}

/**
 * `%WINDIR%\Setup\Scripts\SetupComplete.cmd`, written offline; runs as SYSTEM, must not restart. `earlier` is the name,
 * in the same folder, of the script the image had before: it comes second, since it may well not return.
 */
export function setupCompleteScript(executable: string, earlier: string | null = null): string {
  const call = earlier === null ? [] : [`call "%~dp0${earlier}"`]
  return ['@echo off', `"${executable}" install --start`, ...call, 'exit /b 0', ''].join('\r\n')
}

/**
 * For RunSynchronous in the specialize pass. It ends with 0 whatever happens: the codes Microsoft allows are 0, 1 and 2,
 * with others "installation terminated" (RunSynchronousCommand, WillReboot), and a task that was not made has other ways
 * to be. `cmd` takes off the first quote and the last (cmd /?), which here are a pair.
 */
export function specializeCommand(executable: string): string {
  return `cmd.exe /d /c "${executable}" install & exit 0`
}

/**
 * The task: at the start of Windows, and every five minutes in case the agent has ended; never twice at a time, never
 * ended, also on battery.
 */
export function taskXml(executable: string): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo><Description>Établi agent</Description></RegistrationInfo>',
    '  <Triggers>',
    '    <BootTrigger><Enabled>true</Enabled></BootTrigger>',
    '    <TimeTrigger>',
    '      <Repetition><Interval>PT5M</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>',
    // A clock whose battery is flat starts in the past: the boundary lies before any.
    '      <StartBoundary>2000-01-01T00:00:00</StartBoundary>',
    '      <Enabled>true</Enabled>',
    '    </TimeTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <AllowHardTerminate>true</AllowHardTerminate>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>',
    '    <Enabled>true</Enabled>',
    '    <Hidden>false</Hidden>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <Priority>4</Priority>',
    '    <RestartOnFailure><Interval>PT1M</Interval><Count>255</Count></RestartOnFailure>',
    '  </Settings>',
    '  <Actions Context="Author">',
    `    <Exec><Command>${escapeXml(executable)}</Command><Arguments>run</Arguments></Exec>`,
    '  </Actions>',
    '</Task>',
    '',
  ]
  return lines.join('\r\n')
}

/** As schtasks reads it: UTF-16, little endian, with its byte order mark. */
export function encodeTaskXml(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text}`, 'utf16le')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
