import type { BoardModel } from '../../images/driver-packs/driver-pack.ts'

/** Makers by the words technicians name folders with, and the name their firmware gives. */
const makers: ReadonlyArray<readonly [RegExp, string]> = [
  [/^dell( inc\.?)?$/i, 'Dell Inc.'],
  [/^(hp|hp inc\.?)$/i, 'HP'],
  [/^hewlett[- ]?packard$/i, 'Hewlett-Packard'],
  [/^lenovo$/i, 'LENOVO'],
  [/^microsoft( corporation)?$/i, 'Microsoft Corporation'],
  [/^(asus|asustek.*)$/i, 'ASUSTeK COMPUTER INC.'],
  [/^acer$/i, 'Acer'],
  [/^intel( corporation|\(r\).*)?$/i, 'Intel Corporation'],
  [/^(toshiba|dynabook.*)$/i, 'TOSHIBA'],
  [/^fujitsu( siemens)?$/i, 'FUJITSU'],
  [/^panasonic( corporation)?$/i, 'Panasonic Corporation'],
  [/^(msi|micro-star.*)$/i, 'Micro-Star International Co., Ltd.'],
  [/^(gigabyte.*)$/i, 'Gigabyte Technology Co., Ltd.'],
  [/^samsung.*$/i, 'SAMSUNG ELECTRONICS CO., LTD.'],
  [/^sony( corporation)?$/i, 'Sony Corporation'],
  [/^ibm$/i, 'IBM'],
  [/^bytespeed.*$/i, 'ByteSpeed'],
]

/** A folder of a Windows, an architecture or a date rather than of a machine. */
const systems =
  /^(win(dows)?|w)[\s_.-]*(xp|vista|7|8|8[._]1|10|11|server|20\d\d)|^(20\d\d|\d\dh[12])(\s|$)|^(x64|x86|amd64|64|32)([ -]?bits?)?$|^\d\dh\d|^(drivers?|pilotes?|out-of-box drivers)$/i
const winPe = /\b(win)?pe\b|^winpe/i
const general =
  /^(generic|general|common|all|any|misc|other|peripherals?|printers?|network|nic|lan|wifi|storage|chipset|video|audio|usb|default|hidden|total control|vm|virtual)\b/i

/** What a folder of drivers is for, by how technicians name it: `Windows 11 x64\Dell Inc.\Latitude 5440`. */
export type FolderMeaning =
  | { readonly is: 'windows-pe' }
  | { readonly is: 'general' }
  | { readonly is: 'unknown' }
  | { readonly is: 'model'; readonly model: BoardModel }

/** Reads a driver group's name. Total. */
export function folderMeaning(name: string): FolderMeaning {
  const parts = name
    .split('\\')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts.some((part) => winPe.test(part))) return { is: 'windows-pe' }
  const own = parts.filter((part) => !systems.test(part))
  if (own.length === 0 || own.some((part) => general.test(part))) return { is: 'general' }
  const at = own.findIndex((part) => makerNamed(part) !== null)
  const maker = at < 0 ? null : makerNamed(own[at] ?? '')
  const below = at < 0 ? null : (own[at + 1] ?? null)
  if (maker !== null && below !== null) return { is: 'model', model: modelOf(maker, below) }
  if (maker !== null) return { is: 'general' }
  for (const part of own) {
    const [first = '', ...rest] = part.split(/[\s_]+/)
    const named = makerNamed(first)
    if (named !== null && rest.length > 0)
      return { is: 'model', model: modelOf(named, named === 'HP' ? part : rest.join(' ')) }
  }
  return { is: 'unknown' }
}

function makerNamed(text: string): string | null {
  return makers.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

function modelOf(manufacturer: string, product: string): BoardModel {
  return { manufacturer, product: product.slice(0, 128) }
}
