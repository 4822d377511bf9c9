/** Who asks on the way from power-on to the agent: a network card, and the machine's own UUID as far as anything told it. */
export type Requester = { mac: string; uuid: string | null }
