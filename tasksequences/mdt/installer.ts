import { bare, pathInShare, programName } from './command-line.ts'
import { oneLine } from './foreign-text.ts'
import { installerArguments, msiArguments } from './installer-arguments.ts'
import { remark, type Remark } from './remarks.ts'

/** A program or package that installs; `path` as the command writes it. */
export type Installer = { kind: 'msi' | 'exe' | 'msix'; path: string; arguments: readonly string[] }

type NoInstaller = { because: (command: string) => Remark }

/** What is installed by a script or tool of Windows. */
export const script: NoInstaller = { because: (command) => remark('MDT_APPLICATION_SCRIPT', { command }) }

/** Windows' own programs, which install nothing that lies in a package. */
const tools =
  /^(cmd|powershell|pwsh|cscript|wscript|mshta|reg|regedit|regsvr32|rundll32|xcopy|robocopy|copy|net|netsh|sc|schtasks|dism|pnputil|bcdedit|start|uttd|lgpo|choco|winget|explorer|control|msdt|icacls|takeown|powercfg|certutil|expand|wusa)(\.exe)?$/

/** What a command installs with, by its program’s name. */
export function readInstaller(program: string, given: readonly string[], folder: string): Installer | NoInstaller {
  const name = programName(program)
  if (/^msiexec(\.exe)?$/.test(name)) return readMsiexec(given)
  if (/^wusa(\.exe)?$/.test(name)) {
    const file = given.map(bare).find((word) => /\.(msu|cab)$/i.test(word))
    return file === undefined ? script : { because: () => remark('MDT_APPLICATION_UPDATE', { file: oneLine(file) }) }
  }
  if (/^dism(\.exe)?$/.test(name)) {
    const [, file] = /\/packagepath:"?([^"\s]+\.(?:appx|msix)(?:bundle)?)/i.exec(given.join(' ')) ?? []
    return file === undefined ? script : { kind: 'msix', path: file, arguments: [] }
  }
  if (/\.msi$/.test(name)) return { kind: 'msi', path: program, arguments: msiArguments(given) }
  // `setup /s` finds setup.exe beside it; what has another ending is no program.
  if (tools.test(name) || !/^[^.]+$|\.exe$/.test(name) || (pathInShare(program, folder) ?? '').startsWith('Tools/'))
    return script
  return { kind: 'exe', path: name.endsWith('.exe') ? program : `${program}.exe`, arguments: installerArguments(given) }
}

function readMsiexec(given: readonly string[]): Installer | NoInstaller {
  const words = given.flatMap(
    (word) => /^([/-](?:i|package|p|update|x|uninstall))(".+)$/i.exec(word)?.slice(1) ?? [word],
  )
  const at = words.findIndex((word) => /^[/-](i|package)$/i.test(word))
  const file = at < 0 ? undefined : words[at + 1]
  if (file === undefined || /^[/-]/.test(file))
    return { because: (command) => remark('MDT_APPLICATION_PATCH', { command }) }
  return {
    kind: 'msi',
    path: bare(file),
    arguments: msiArguments(words.filter((_, index) => index !== at && index !== at + 1)),
  }
}
