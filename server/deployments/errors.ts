import type { RefusalWords } from '../refusal.ts'

export const deploymentRefusals: RefusalWords = {}
