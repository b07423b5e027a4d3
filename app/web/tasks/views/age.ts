// How long a task is overdue, in words.
import { counted } from '../../ui/words.ts'

const daysPerMonth = 365.25 / 12

/** Returns "yesterday", "3 days", "5 weeks", "4 months" or "2 years" for a number of days. */
export function ageInWords(days: number): string {
  if (days === 1) return 'yesterday'
  if (days < 14) return counted(days, 'day')
  if (days < 60) return counted(Math.floor(days / 7), 'week')
  if (days < 730) return counted(Math.floor(days / daysPerMonth), 'month')
  return counted(Math.floor(days / 365.25), 'year')
}

/** True for yesterday and for more than a week ago. If every overdue date were red, none would stand out. */
export function isAgeMarked(days: number): boolean {
  return days === 1 || days > 7
}
