import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { parsePinnedServer, type PinnedServer } from '../pinned-server.ts'

/**
 * `agent.json`, written offline by the boot environment beside the executable. It says where the server is, what it is
 * known by, and which machine this is: Windows tells neither reliably before its drivers are in.
 */
export const AgentConfiguration = Type.Object(
  {
    /** `https://10.0.0.1:8443` */
    server: Type.String({ maxLength: 512 }),
    /** What the server is known by (`key-pin.ts`). */
    pin: Type.String({ maxLength: 128 }),
    /** What the agent shows with its hello, so that the server knows a run installed it on this disk. */
    key: Type.Optional(Type.String({ maxLength: 128 })),
    machine: Type.Object({
      /** The server's own number for it, if it is known, for people who read the file. */
      id: Type.Optional(Type.String({ maxLength: 64 })),
      /** As the environment read them from SMBIOS; the server recognises the machine by these and its MACs together. */
      uuid: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
      serial: Type.Union([Type.String({ maxLength: 512 }), Type.Null()]),
      macs: Type.Array(Type.String({ pattern: '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' }), { maxItems: 32 }),
    }),
  },
  // A newer environment may write more; it is not ours to refuse.
  { additionalProperties: true },
)
export type AgentConfiguration = Static<typeof AgentConfiguration>

export type ParsedConfiguration =
  | { kind: 'valid'; server: PinnedServer; key: string | null; machine: AgentConfiguration['machine'] }
  /** Every problem with its key, in English: it goes into the machine's own log. */
  | { kind: 'invalid'; problems: string[] }

/** Reads the text of `agent.json`. Total: what is wrong is told, with the key. */
export function parseConfiguration(text: string): ParsedConfiguration {
  let parsed: unknown
  try {
    // Notepad and PowerShell put a byte order mark in front.
    parsed = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return { kind: 'invalid', problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] }
  }
  if (!Value.Check(AgentConfiguration, parsed)) {
    const problems = Value.Errors(AgentConfiguration, parsed).map(
      ({ instancePath, message }) => `${instancePath || '/'}: ${message}`,
    )
    return { kind: 'invalid', problems: [...new Set(problems)] }
  }
  const server = parsePinnedServer(parsed.server, parsed.pin)
  if (server.kind === 'invalid') {
    const problem = server.what === 'url' ? `/server: ${parsed.server} is no https address` : '/pin: no pin'
    return { kind: 'invalid', problems: [problem] }
  }
  const { url, pin } = server
  return { kind: 'valid', server: { url, pin }, key: parsed.key ?? null, machine: parsed.machine }
}
