import type { Static } from 'typebox'
import type { SessionView } from '../../api/session/schema.ts'

export type Session = Static<typeof SessionView>
