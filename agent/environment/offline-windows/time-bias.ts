/**
 * For `hivexsh`: prints what a Windows that has not started yet knows of its time zone, one value a line.
 *
 * @param controlSet - the key of the control set it starts with, `\ControlSet001`
 */
export function askTimeZone(controlSet: string): readonly string[] {
  return [`cd ${controlSet}\\Control\\TimeZoneInformation`, 'lsval']
}

/** More than a day is no time zone but a damaged value. */
const mostMinutes = 24 * 60

/**
 * From local time to UTC in minutes, as this Windows will take the firmware's clock at its first start, from what
 * {@link askTimeZone} printed; null when it does not say. Its kernel adds `ActiveTimeBias` to the firmware's clock, or
 * `Bias` where that is missing, before it looks at any date or rule of summer time (ReactOS, `ntoskrnl/ex/init.c` and
 * `ntoskrnl/config/cmdata.c`); with `RealTimeIsUniversal` it adds nothing. Pure.
 */
export function timeBias(output: string): number | null {
  if ((dword(output, 'RealTimeIsUniversal') ?? 0) !== 0) return 0
  const bias = dword(output, 'ActiveTimeBias') ?? dword(output, 'Bias')
  return bias === null || Math.abs(bias) > mostMinutes ? null : bias
}

/** A REG_DWORD in `hivexsh`'s listing, `"Bias"=dword:ffffffc4`, as the signed number that a bias is. */
function dword(output: string, name: string): number | null {
  const digits = new RegExp(`^"${name}"=dword:([0-9a-f]{8})\\s*$`, 'im').exec(output)?.[1]
  return digits === undefined ? null : Number.parseInt(digits, 16) | 0
}
