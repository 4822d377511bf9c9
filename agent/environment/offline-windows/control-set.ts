/** For `hivexsh`: prints the number of the control set Windows starts with. */
export const askControlSet: readonly string[] = ['cd \\Select', 'lsval Current']

/** The control set's key below the root, from what {@link askControlSet} printed; null when that is no number. */
export function controlSetKey(output: string): string | null {
  const number = /^\d{1,3}$/.exec(output.trim())?.[0]
  return number === undefined || Number(number) === 0 ? null : `\\ControlSet${number.padStart(3, '0')}`
}
