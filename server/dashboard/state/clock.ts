/** The time as it is now. Each reading is a new value and never changed. */
export function readClock(): Date {
  return new Date()
}
