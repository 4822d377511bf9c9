/**
 * The set-up program that Windows names for taking OneDrive away, from its `UninstallString`:
 * `"C:\Program Files\Microsoft OneDrive\24.1\OneDriveSetup.exe"  /uninstall  /allusers`. Null for anything else: what runs
 * as SYSTEM is OneDrive's own set-up and nothing that somebody has written in its place. Pure.
 */
export function setupProgram(uninstall: string): string | null {
  const path = /^\s*(?:"([^"]+)"|(.+?\.exe)(?=\s|$))/i.exec(uninstall)
  const program = path?.[1] ?? path?.[2] ?? ''
  return /^[a-z]:\\program files( \(x86\))?\\microsoft onedrive\\([^\\]+\\)?onedrivesetup\.exe$/i.test(program) &&
    !program.includes('..')
    ? program
    : null
}
