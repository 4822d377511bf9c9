import type { RecordState } from './record.ts'

/** To where a person may move a record, in the order to offer it. `deploying` is a run's alone. */
const byPerson: Readonly<Record<RecordState, readonly RecordState[]>> = {
  received: ['assembled', 'attention', 'retired'],
  assembled: ['received', 'attention', 'retired'],
  deploying: ['attention'],
  checking: ['ready', 'attention', 'assembled', 'retired'],
  ready: ['reserved', 'delivered', 'checking', 'attention', 'retired'],
  reserved: ['delivered', 'ready', 'attention', 'retired'],
  delivered: ['received', 'retired'],
  attention: ['assembled', 'checking', 'received', 'retired'],
  retired: ['received'],
}

/** States a person may move a record to from here, in the order to offer them. */
export function transitionsFrom(state: RecordState): RecordState[] {
  return [...byPerson[state]]
}
