/** How the data of one kind of option is read and written; pure and total. */
export type OptionKind<Value> = {
  /** The value, or undefined when the bytes are not of this kind. */
  decode(data: Uint8Array): Value | undefined
  encode(value: Value): Uint8Array
  /** How many bytes every value has; absent where they differ. */
  readonly bytes?: number
}
