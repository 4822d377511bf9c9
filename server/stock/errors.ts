import type { RefusalWords } from '../refusal.ts'

export const stockRefusals: RefusalWords = {}
