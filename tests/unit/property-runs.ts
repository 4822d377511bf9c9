const factor = Number(process.env['ETABLI_PROPERTY_FACTOR'] ?? 1)

/** How often a property is tried: `usual` times, and many times that in `npm run test:matrix`. */
export function runs(usual: number): number {
  return usual * factor
}
