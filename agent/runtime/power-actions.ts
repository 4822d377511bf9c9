import type { Step } from './step.ts'

/** The step `restart`, done as soon as it is begun: the machine goes down only after the server has accepted that. */
export const restart: Step = () => Promise.resolve({ result: {}, afterwards: 'restart' })

/** The step `shut-down`, likewise. */
export const shutDown: Step = () => Promise.resolve({ result: {}, afterwards: 'shut-down' })
