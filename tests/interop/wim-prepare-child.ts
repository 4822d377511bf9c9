import { open, settled } from './wim-material.ts'

/** A server that imports one file and says how far it is; the test kills it. */
const [, , dir = '', path = ''] = process.argv
const catalogue = await open(dir)
catalogue.onChange((change) => {
  if (change.type === 'import') console.log(change.import.progress?.phase, change.import.progress?.fraction)
})
const { id } = await catalogue.imports.fromPath(path)
await settled(catalogue, id)
