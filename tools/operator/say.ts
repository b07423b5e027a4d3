// How a command of the operator speaks: lines for a person, and an error that ends it with one line.

export type Say = (line: string) => void

/** A reason for which a command does nothing, in words for the operator. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
