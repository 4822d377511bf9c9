/** One progress line of wimlib: what it is doing, how much of how much. */
export type WimlibProgress = {
  /** wimlib's own words, as "Archiving file data", "Extracting file data", "Creating files". */
  readonly task: string
  readonly unit: 'bytes' | 'items'
  /** In bytes or items. wimlib rounds to KiB, MiB, or GiB above 10 GiB. */
  readonly done: number
  readonly total: number
  /** 0 to 1: the finer of wimlib's percent and its figures. */
  readonly fraction: number
}

const units: Readonly<Record<string, number>> = { bytes: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 }
const withUnits = /^(.{1,200}?): (\d{1,15}) (bytes|[KMGT]iB) of (\d{1,15}) (bytes|[KMGT]iB) \((\d{1,3})%\)/
const withoutUnits = /^(.{1,200}?): (\d{1,15}) of (\d{1,15}) \((\d{1,3})%\)/

/**
 * Reads one line that wimlib-imagex printed (1.13 and 1.14); undefined when it is not a progress line.
 *
 * @example parseWimlibProgress('Extracting file data: 32 KiB of 2929 KiB (1%) done')
 */
export function parseWimlibProgress(line: string): WimlibProgress | undefined {
  const bytes = withUnits.exec(line)
  if (bytes !== null) {
    const [, task = '', done, doneUnit = '', total, totalUnit = '', percent] = bytes
    return progress(
      task,
      'bytes',
      [Number(done), units[doneUnit] ?? 1],
      [Number(total), units[totalUnit] ?? 1],
      percent,
    )
  }
  const items = withoutUnits.exec(line)
  if (items === null) return undefined
  const [, task = '', done, total, percent] = items
  return progress(task, 'items', [Number(done), 1], [Number(total), 1], percent)
}

function progress(
  task: string,
  unit: 'bytes' | 'items',
  [done, doneUnit]: readonly [number, number],
  [total, totalUnit]: readonly [number, number],
  percent: string | undefined,
): WimlibProgress {
  // "3 GiB of 15 GiB (23%)": below a hundred units the percent says more than the figures.
  const exact = total >= 100 ? (done * doneUnit) / (total * totalUnit) : Number(percent) / 100
  return {
    task: task.trim(),
    unit,
    done: done * doneUnit,
    total: total * totalUnit,
    fraction: Math.min(1, Math.max(0, exact)),
  }
}

/**
 * Cuts what a program printed into lines; wimlib ends progress lines with a carriage return.
 *
 * @param carry - what was left of the last piece, '' at first
 * @param piece - newly read
 * @returns whole lines (never empty ones) and the new carry, of at most 64 Ki characters
 */
export function splitLines(
  carry: string,
  piece: string,
): { readonly lines: readonly string[]; readonly carry: string } {
  const parts = (carry + piece).split(/[\r\n]+/)
  const rest = parts.pop() ?? ''
  return { lines: parts.filter((line) => line !== ''), carry: rest.slice(-65_536) }
}
