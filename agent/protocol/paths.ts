/** Every path of the agent API, relative to the server's address: see {@link ./messages.ts} for what each one takes. */
const root = '/agent/v1'

export const agentPaths = {
  hello: `${root}/hello`,
  work: `${root}/work`,
  reports: `${root}/reports`,
  /** Followed by an image's id. */
  images: `${root}/images/`,
  /** Followed by a file's SHA-256. */
  materials: `${root}/materials/`,
} as const

/** Where a run's agent fetches the image the run has pinned. */
export function imagePathOf(id: string): string {
  return `${agentPaths.images}${encodeURIComponent(id)}`
}

/** Where a run's agent fetches a file the run has pinned. */
export function materialPathOf(sha256: string): string {
  return `${agentPaths.materials}${sha256}`
}
