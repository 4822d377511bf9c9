import { longestText } from '../../protocol/inventory.ts'

/**
 * What board makers leave in the fields that were theirs to fill. Compared in lower case, without spaces and punctuation:
 * AMI "To Be Filled By O.E.M.", ASUS "System Serial Number", Gigabyte "Default string", Supermicro "0123456789", Dell "Not Specified".
 */
const placeholders = new Set([
  'tobefilledbyoem',
  'tobefilledbyoemdefaultstring',
  'tobefilled',
  'defaultstring',
  'oem',
  'systemserialnumber',
  'systemproductname',
  'systemmanufacturer',
  'systemversion',
  'sku',
  'baseboardserialnumber',
  'baseboardproductname',
  'baseboardmanufacturer',
  'baseboardversion',
  'boardserialnumber',
  'chassisserialnumber',
  'serialnumber',
  'productname',
  'manufacturer',
  'notspecified',
  'notapplicable',
  'notavailable',
  'notsettable',
  'notprovided',
  'undefined',
  'unknown',
  'invalid',
  'none',
  'null',
  'na',
  'empty',
  'noasset',
  'nodimm',
  'partnum',
  'sernum',
  '0123456789',
  '1234567890',
  '123456789',
  '12345678',
  '123456789abcdef',
])

/** The text trimmed, spaces in it single; null when it is empty or says nothing. */
export function meaningfulText(raw: string): string | null {
  const text = raw
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestText)
  const bare = text.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (bare === '' || placeholders.has(bare)) return null
  // "00000000", "FFFFFFFF", "xxxxxxxx"
  if (/^(.)\1*$/.test(bare) && /^[0fx]/.test(bare)) return null
  return text
}
