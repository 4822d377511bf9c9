/** A finished machine stays on the bench this long after its run: somebody has to take it away. */
export const benchKeepsDoneMs = 12 * 3_600_000
