import { expect, test } from 'vitest'
import { folderMeaning } from '../../../../tasksequences/mdt/pack-models.ts'

test.each([
  ['Windows 11 x64\\Dell Inc.\\Latitude 5440', { manufacturer: 'Dell Inc.', product: 'Latitude 5440' }],
  ['Dell\\Win10\\OptiPlex 7010', { manufacturer: 'Dell Inc.', product: 'OptiPlex 7010' }],
  ['LENOVO\\20XW004TFR', { manufacturer: 'LENOVO', product: '20XW004TFR' }],
  ['HP Zbook Studio G8\\W11 22H2', { manufacturer: 'HP', product: 'HP Zbook Studio G8' }],
  ['Lenovo ThinkPad T14', { manufacturer: 'LENOVO', product: 'ThinkPad T14' }],
  ['Intel(R) Client Systems\\NUC11TNHi5', { manufacturer: 'Intel Corporation', product: 'NUC11TNHi5' }],
])('%s is a model', (name, model) => {
  expect(folderMeaning(name)).toEqual({ is: 'model', model })
})

test.each([
  ['WinPE', 'windows-pe'],
  ['WinPE Ethernet Drivers', 'windows-pe'],
  ['Windows PE\\x64', 'windows-pe'],
  ['Windows 10 x64', 'general'],
  ['Printers', 'general'],
  ['Windows 10\\Network', 'general'],
  ['Dell', 'general'],
  ['HPDL320', 'unknown'],
  ['Special', 'unknown'],
])('%s is not: %s', (name, is) => {
  expect(folderMeaning(name)).toEqual({ is })
})
