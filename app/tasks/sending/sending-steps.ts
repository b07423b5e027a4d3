// The places at which a crash would hurt most, by name: tests end the process at each of them.

export const sendingSteps = [
  /** The change is in the database, the person has not been answered. */
  'recorded',
  /** A worker has it, nothing has been asked. */
  'claimed',
  /** Attio has been asked how the task is. */
  'looked',
  /** It is written down that a create leaves; it has not left. */
  'leaving',
  /** Attio has answered, nothing of it is written down. */
  'answered',
  /** Of a replacement: the new task is written down, the old one stands. */
  'replaced',
  /** Attio has deleted the old one, nothing of it is written down. */
  'removed',
  /** Everything is written down. */
  'finished',
] as const

export type SendingStep = (typeof sendingSteps)[number]
