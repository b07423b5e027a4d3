// The last second of a calendar day stands for the day without a time.

/**
 * True in the last second before the next calendar day. That is 22:59:59 where clocks jump over the hour before
 * midnight, such as in Nuuk.
 */
export function isLastSecondOfDay(moment: Temporal.ZonedDateTime): boolean {
  if (moment.second !== 59 || moment.minute % 30 !== 29) return false
  if (moment.hour === 23 && moment.minute === 59) return true
  return moment.add({ seconds: 1 }).day !== moment.day
}
