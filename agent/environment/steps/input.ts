import { parseSize } from '../../../tasksequences/size.ts'

export { parseInput } from '../../runtime/step-input.ts'

/** Bytes of a size the plan has checked; `fallback` when none was given. */
export function sizeOr(text: string | undefined, fallback: number): number {
  return text === undefined ? fallback : (parseSize(text) ?? fallback)
}
