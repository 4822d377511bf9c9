import type { Step } from '../../runtime/step.ts'

/** Done as soon as it is begun: the machine goes down only after the server has accepted that. */
export const restart: Step = () => Promise.resolve({ result: {}, afterwards: 'restart' })

export const shutDown: Step = () => Promise.resolve({ result: {}, afterwards: 'shut-down' })
