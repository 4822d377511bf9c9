import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

export const executableFile = 'etabli-agent.exe'
export const agentManifestFile = 'manifest.json'

export const AgentManifest = Type.Object({
  /** SHA-256 over all that shapes the executable. */
  inputs: Type.String(),
  version: Type.String(),
  runtime: Type.String(),
  file: Type.Literal(executableFile),
  sizeBytes: Type.Integer({ minimum: 1 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
})
export type AgentManifest = Static<typeof AgentManifest>

/** The manifest beside the executable; null when it is of another shape or cut off, which means building anew. */
export function parseAgentManifest(text: string): AgentManifest | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return Value.Check(AgentManifest, parsed) ? parsed : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
