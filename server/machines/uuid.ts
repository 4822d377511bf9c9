/** A UUID with its first three groups the other way round: PXE (RFC 4578) and SMBIOS before 2.6 disagree about them. */
export function swappedUuid(uuid: string): string {
  const swap = (group: string) => group.match(/../g)?.reverse().join('') ?? group
  const [a = '', b = '', c = '', ...rest] = uuid.split('-')
  return [swap(a), swap(b), swap(c), ...rest].join('-')
}
