/** Which network card an IPv4 address was given to: TFTP and HTTP requests carry an address only. */
export type AddressBook = {
  learn(address: string, mac: string): void
  macOf(address: string): string | null
  /** The address a network card was given last. */
  addressOf(mac: string): string | null
}

/** @param capacity how many addresses are kept; the one learnt longest ago is forgotten first. */
export function createAddressBook(capacity: number): AddressBook {
  const macs = new Map<string, string>()
  const addresses = new Map<string, string>()

  function forget(address: string): void {
    const mac = macs.get(address)
    macs.delete(address)
    if (mac !== undefined && addresses.get(mac) === address) addresses.delete(mac)
  }

  return {
    learn(address, mac) {
      const card = mac.toLowerCase()
      forget(address)
      macs.set(address, card)
      addresses.set(card, address)
      const oldest = macs.size > capacity ? macs.keys().next().value : undefined
      if (oldest !== undefined) forget(oldest)
    },
    // An IPv4 client of a dual-stack socket shows as ::ffff:10.0.0.51.
    macOf: (address) => macs.get(address.replace(/^::ffff:/, '')) ?? null,
    addressOf: (mac) => addresses.get(mac.toLowerCase()) ?? null,
  }
}
