// The caller of a call to Attio, and its urgency.

/** `person`: a person is waiting for the answer. */
export type Urgency = 'person' | 'background'

export interface Caller {
  /** The connection that a call is counted for, or any value that is equal only to itself. */
  readonly key: unknown
  readonly urgency: Urgency
}
