/** What firmware adds to a maker's name and nobody says: `Intel(R) Client Systems`, `ASUSTeK COMPUTER INC.`, `Dell Inc.` */
const ballast = /\((?:R|TM)\)|,?\s+(?:client systems|computer inc|corporation|corp|inc|co|ltd|gmbh)\b\.?/gi

/** A machine's model as people say it, `Intel NUC13ANHi5`; null when the firmware says nothing. */
export function modelName(machine: { manufacturer: string | null; product: string | null }): string | null {
  const maker = machine.manufacturer?.replace(ballast, '').replace(/[\s,]+$/, '') ?? ''
  const product = machine.product ?? ''
  const said = product.toLowerCase().startsWith(maker.toLowerCase()) ? product : `${maker} ${product}`
  return said.trim() === '' ? null : said.trim()
}
