import { Type, type Static } from 'typebox'
import { Sentence } from '../../../agent/protocol/messages.ts'
import { BootStageView } from '../machines/schema.ts'

export const NewcomerView = Type.Object({
  mac: Type.String(),
  /** Its own UUID, where it told one worth something. */
  uuid: Type.Union([Type.String(), Type.Null()]),
  /** The address it was given; null when it got none. */
  address: Type.Union([Type.String(), Type.Null()]),
  since: Type.String({ format: 'date-time' }),
  lastAt: Type.String({ format: 'date-time' }),
  /** How often it asked for something. */
  times: Type.Integer({ minimum: 1 }),
  /** The last that it asked, and what it got. */
  text: Sentence,
  /** How far it has come on its way up; null for one that was refused, or has not begun. */
  doing: Type.Union([BootStageView, Type.Null()]),
  outcome: Type.Union([Type.Literal('ok'), Type.Literal('refused'), Type.Literal('failed')]),
})
export type NewcomerView = Static<typeof NewcomerView>

/** GET /api/netboot/newcomers: who is on the network and no machine; those that something was refused first. */
export const NewcomerListView = Type.Object({
  items: Type.Array(NewcomerView),
  next: Type.Null(),
  /** How many there are besides; `overflown`: others were forgotten for want of room. */
  more: Type.Integer({ minimum: 0 }),
  overflown: Type.Boolean(),
})
export type NewcomerListView = Static<typeof NewcomerListView>
