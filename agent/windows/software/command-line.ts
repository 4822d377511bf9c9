/**
 * Arguments of installers, as they have to stand in the command line that Windows hands over as one text. `msiexec`
 * takes `NAME="a b"` and refuses `"NAME=a b"` with 1639 (its own syntax, "Command-Line Options" of Windows Installer), and
 * set-up programs differ from it and from each other, so nothing is quoted twice: an argument that has quotation marks
 * stands as its author wrote it.
 */

/** `/i FILE` without a question asked or a restart, with a log of everything. */
export function msiexecArguments(file: string, logFile: string, more: readonly string[]): string[] {
  return ['/i', quoted(file), '/qn', '/norestart', '/l*v', quoted(logFile), ...more.map(msiArgument)]
}

/** An argument of a set-up program. */
export function setupArgument(argument: string): string {
  return argument.includes('"') ? argument : quoted(argument)
}

function msiArgument(argument: string): string {
  const property = /^([A-Za-z_][A-Za-z0-9_.]*)=(.*)$/s.exec(argument)
  if (property === null) return setupArgument(argument)
  const [, name = '', value = ''] = property
  if (/^".*"$/s.test(value)) return argument
  // Within quotation marks msiexec reads a doubled one as one.
  return value === '' || /[\s"]/.test(value) ? `${name}="${value.replaceAll('"', '""')}"` : argument
}

/** A backslash at the end would take the closing quotation mark with it (CommandLineToArgvW). */
function quoted(text: string): string {
  return text === '' || /\s/.test(text) ? `"${text}${/\\*$/.exec(text)?.[0] ?? ''}"` : text
}
