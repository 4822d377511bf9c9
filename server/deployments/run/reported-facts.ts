const namePattern = /^[a-z][A-Za-z0-9]{0,63}$/
const MOST_FACTS = 64
const LONGEST_FACT = 256

/**
 * What a step's result reports for the machine's stock record under `facts`, as TeamViewer's ID; what is no short text under
 * a plain name is left out. Pure and total.
 */
export function reportedFacts({ facts }: Record<string, unknown>): Record<string, string> {
  if (typeof facts !== 'object' || facts === null) return {}
  const usable = Object.entries(facts).filter(
    ([name, value]) => namePattern.test(name) && typeof value === 'string' && value.length <= LONGEST_FACT,
  )
  return Object.fromEntries(usable.slice(0, MOST_FACTS))
}
