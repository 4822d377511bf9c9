/** Which network card an IPv4 address was given to: TFTP and HTTP requests carry an address only. */
export type AddressBook = {
  learn(address: string, mac: string): void
  macOf(address: string): string | null
}

/** @param capacity how many addresses are kept; the one learnt longest ago is forgotten first. */
export function createAddressBook(capacity: number): AddressBook {
  const macs = new Map<string, string>()
  return {
    learn(address, mac) {
      macs.delete(address)
      macs.set(address, mac.toLowerCase())
      const oldest = macs.size > capacity ? macs.keys().next().value : undefined
      if (oldest !== undefined) macs.delete(oldest)
    },
    // An IPv4 client of a dual-stack socket shows as ::ffff:10.0.0.51.
    macOf: (address) => macs.get(address.replace(/^::ffff:/, '')) ?? null,
  }
}
