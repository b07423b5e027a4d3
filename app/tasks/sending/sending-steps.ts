// The steps of sending at which a crash could do harm; tests stop the process at each.

export const sendingSteps = [
  /** The change is saved; the person has no answer yet. */
  'recorded',
  /** A worker has claimed the change; Attio has not been called. */
  'claimed',
  /** The task, or a lost create's task, was read again at Attio. */
  'refetched',
  /** The attempt to create is saved; it has not been sent. */
  'leaving',
  /** Attio has answered; its answer isn't saved. */
  'answered',
  /** The replacement's new task is saved; the old one still exists. */
  'replaced',
  /** Attio has deleted the old task; this is not saved. */
  'removed',
  /** Everything is saved. */
  'finished',
] as const

export type SendingStep = (typeof sendingSteps)[number]
