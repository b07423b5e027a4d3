// The operators of a filter. assumed: operators on text ignore case, as the reference says of
// `$contains`.
import { compareInstants, readInstant } from '../../timestamps.ts'

type Operator = (operand: unknown) => ((value: unknown) => boolean) | undefined

export const operators: Readonly<Record<string, Operator | undefined>> = {
  $eq: (operand) => (value) => isEqual(value, operand),
  $in: (operand) => {
    if (!Array.isArray(operand)) return undefined
    return (value) => operand.some((one) => isEqual(value, one))
  },
  $contains: onText((value, part) => value.includes(part)),
  $starts_with: onText((value, part) => value.startsWith(part)),
  $ends_with: onText((value, part) => value.endsWith(part)),
  $lt: onOrder((difference) => difference < 0),
  $lte: onOrder((difference) => difference <= 0),
  $gt: onOrder((difference) => difference > 0),
  $gte: onOrder((difference) => difference >= 0),
}

function isEqual(value: unknown, operand: unknown): boolean {
  if (typeof value === 'string' && typeof operand === 'string') {
    if (compareAsInstants(value, operand) === 0) return true
  }
  // A filter may write an amount as text: "399.00".
  if (typeof value === 'number' && typeof operand === 'string') return value === asNumber(operand)
  return value === operand
}

function onText(test: (value: string, part: string) => boolean): Operator {
  return (operand) => {
    if (typeof operand !== 'string') return undefined
    const part = operand.toLowerCase()
    return (value) => typeof value === 'string' && test(value.toLowerCase(), part)
  }
}

function onOrder(test: (difference: number) => boolean): Operator {
  return (operand) => {
    if (typeof operand !== 'string' && typeof operand !== 'number') return undefined
    return (value) => {
      const difference = compareValues(value, operand)
      return difference !== undefined && test(difference)
    }
  }
}

/** Returns a negative number, zero or a positive number; undefined for values without an order. */
export function compareValues(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && (typeof b === 'number' || typeof b === 'string')) {
    const difference = a - (typeof b === 'string' ? asNumber(b) : b)
    return Number.isNaN(difference) ? undefined : difference
  }
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a !== 'string' || typeof b !== 'string') return undefined
  const difference = compareAsInstants(a, b)
  if (difference !== undefined) return difference
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()]
  return lowerA < lowerB ? -1 : Number(lowerA > lowerB)
}

/** Returns NaN for a text that is no amount; an empty one is not 0. */
function asNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text)
}

function compareAsInstants(a: string, b: string): number | undefined {
  const [instantA, instantB] = [readInstant(a), readInstant(b)]
  return instantA && instantB && compareInstants(instantA, instantB)
}
