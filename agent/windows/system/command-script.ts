export type Shell = 'cmd' | 'powershell'

/** A file that a shell takes; the shell goes by its ending. */
export type ShellFile = { extension: string; bytes: Uint8Array }

export type CommandScript = {
  /** The workshop's text. */
  file: ShellFile
  /** What has the shell run it, where that takes more than its name. */
  starter: ShellFile | null
  /** The program and its arguments, given the paths of both files. */
  run(file: string, starter: string): { command: string; args: string[] }
}

/**
 * What PowerShell is given first. The workshop's text stays in a file of its own, since `using` and `param` must be the
 * first that stands in one. 'Stop': else a line that failed is passed over, and the script ends with 0. `exit` in it leaves
 * its number in $LASTEXITCODE, as a program that it called does (about_Automatic_Variables).
 */
const starterLines = [
  'param([Parameter(Mandatory = $true)][string]$WorkshopScript)',
  '[Console]::OutputEncoding = [Text.Encoding]::UTF8',
  "$ErrorActionPreference = 'Stop'",
  '& $WorkshopScript',
  'exit [int]$LASTEXITCODE',
]

/**
 * A workshop's command as files for its shell. Files and not an argument, because `cmd /c` and PowerShell's
 * `-Command` each take quotes apart in their own way. Output is made UTF-8: Windows would write in the OEM code page.
 * In `cmd` it therefore is a batch file, where a loop's variable is `%%i`.
 */
export function commandScript(shell: Shell, text: string): CommandScript {
  const lines = text.replace(/\r\n/g, '\n').trimEnd().replaceAll('\n', '\r\n')
  if (shell === 'cmd') {
    const bytes = Buffer.from(`@echo off\r\nchcp 65001 >nul\r\n${lines}\r\nexit /b %errorlevel%\r\n`)
    const run = (file: string) => ({ command: 'cmd.exe', args: ['/d', '/c', file] })
    return { file: { extension: '.cmd', bytes }, starter: null, run }
  }
  const switches = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass']
  return {
    // Windows PowerShell reads a file without byte order mark in the ANSI code page.
    file: { extension: '.ps1', bytes: Buffer.from(`\ufeff${lines}\r\n`) },
    starter: { extension: '.ps1', bytes: Buffer.from(`\ufeff${starterLines.join('\r\n')}\r\n`) },
    run: (file, starter) => ({
      command: 'powershell.exe',
      args: [...switches, '-File', starter, '-WorkshopScript', file],
    }),
  }
}
