export type Shell = 'cmd' | 'powershell'

export type CommandScript = {
  /** With its ending: both shells go by it. */
  extension: string
  bytes: Uint8Array
  /** The program and its arguments, given the path of the file with these bytes. */
  run(file: string): { command: string; args: string[] }
}

/**
 * A workshop's command as a file for its shell. A file and not an argument, because `cmd /c` and PowerShell's
 * `-Command` each take quotes apart in their own way. Output is made UTF-8: Windows would write in the OEM code page.
 * In `cmd` it therefore is a batch file, where a loop's variable is `%%i`.
 */
export function commandScript(shell: Shell, text: string): CommandScript {
  const lines = text.replace(/\r\n/g, '\n').trimEnd().replaceAll('\n', '\r\n')
  if (shell === 'cmd') {
    return {
      extension: '.cmd',
      bytes: Buffer.from(`@echo off\r\nchcp 65001 >nul\r\n${lines}\r\nexit /b %errorlevel%\r\n`),
      run: (file) => ({ command: 'cmd.exe', args: ['/d', '/c', file] }),
    }
  }
  return {
    extension: '.ps1',
    // Windows PowerShell reads a file without byte order mark in the ANSI code page.
    bytes: Buffer.from(
      `\ufeff[Console]::OutputEncoding = [Text.Encoding]::UTF8\r\n${lines}\r\nexit [int]$LASTEXITCODE\r\n`,
    ),
    run: (file) => ({
      command: 'powershell.exe',
      args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', file],
    }),
  }
}
