import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { troubleOf } from './hresults.ts'
import type { UpdateEnd } from './passes.ts'

const place = { key: Type.String(), index: Type.Integer({ minimum: 1 }), of: Type.Integer({ minimum: 1 }) }

/** What `update-install.ps1` tells as it happens. */
const InstallEvent = Type.Union([
  Type.Object({
    ...place,
    event: Type.Literal('download'),
    percent: Type.Number(),
    bytesDone: Type.Number(),
    bytesTotal: Type.Number(),
  }),
  /** Another installation is under way, Windows' own perhaps. */
  Type.Object({ ...place, event: Type.Literal('busy') }),
  Type.Object({ ...place, event: Type.Literal('install'), percent: Type.Number() }),
  Type.Object({
    ...place,
    event: Type.Literal('end'),
    outcome: Type.Union([
      Type.Literal('installed'),
      Type.Literal('failed'),
      Type.Literal('restart-first'),
      Type.Literal('gone'),
    ]),
    hresult: Type.Integer(),
    restart: Type.Boolean(),
  }),
])
export type InstallEvent = Static<typeof InstallEvent>

/** The event, or null for anything else. */
export function readInstallEvent(value: unknown): InstallEvent | null {
  return Value.Check(InstallEvent, value) ? value : null
}

/** How an update ended, as its last event tells it. Pure. */
export function endOf({ outcome, hresult, restart }: Extract<InstallEvent, { event: 'end' }>): UpdateEnd {
  if (outcome === 'installed') return { kind: 'installed', restart }
  if (outcome !== 'failed') return { kind: outcome }
  const trouble = troubleOf(hresult)
  if (trouble === 'restart-first') return { kind: 'restart-first' }
  return trouble === 'network' || trouble === 'server'
    ? { kind: 'unreachable', code: hresult }
    : { kind: 'failed', code: hresult }
}
