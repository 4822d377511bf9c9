import { sep } from 'node:path'

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/**
 * Fills in `%ProgramFiles%` and the like, whatever the case of their names; one that is not set stays as it is written,
 * as Windows leaves it (ExpandEnvironmentStrings).
 */
export function expandVariables(text: string, environment: EnvironmentVariables = process.env): string {
  const values = new Map(Object.entries(environment).map(([name, value]) => [name.toLowerCase(), value]))
  return text.replace(/%([^%]+)%/g, (whole, name: string) => values.get(name.toLowerCase()) ?? whole)
}

/**
 * A path as a manifest or a sequence writes it, ready for the file system. Where the tests play Windows on another
 * system, whose paths have `/`, it leads there.
 */
export function windowsPath(text: string, environment: EnvironmentVariables = process.env): string {
  const path = expandVariables(text, environment)
  return sep === '/' ? path.replaceAll('\\', '/') : path
}
