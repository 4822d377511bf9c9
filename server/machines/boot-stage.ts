/** How far a machine is on its way from power-on to the agent, by the last that it asked for. */
export const bootStages = ['dhcp', 'loader', 'kernel', 'root'] as const
export type BootStage = (typeof bootStages)[number]

/**
 * How far it is after it asked for something more. A later request of the same boot never moves it backwards, except
 * DHCP, which only firmware at its start asks for. Pure.
 */
export function nextStage(before: BootStage | null, asked: BootStage): BootStage {
  if (before === null || asked === 'dhcp') return asked
  return bootStages.indexOf(asked) < bootStages.indexOf(before) ? before : asked
}
