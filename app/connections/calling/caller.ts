// Who calls Attio, and how urgently.

/** `person`: somebody waits for the answer just now. */
export type Urgency = 'person' | 'background'

export interface Caller {
  /** Whom a call is counted for: a connection, or anything that is equal to itself only. */
  readonly key: unknown
  readonly urgency: Urgency
}
