// A deadline in an export: the person's day for a day without a time, the instant for an instant.
import { chosenOf, dueInstant, type Deadline } from '../../tasks/tasks.ts'

export function exportedDeadline(deadline: Deadline | null, timeZone: string): string | null {
  if (deadline === null) return null
  const deadlineAt = dueInstant(deadline, timeZone)
  const { date, time } = chosenOf(deadlineAt, timeZone)
  return time === '' ? date : Temporal.Instant.fromEpochMilliseconds(deadlineAt).toString()
}
