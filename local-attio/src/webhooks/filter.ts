// Returns true when a subscription matches an event.
import type { Subscription } from '../world/webhooks.ts'
import type { AttioEvent } from '../world/events.ts'

export function wants({ eventType, filter }: Subscription, event: AttioEvent): boolean {
  if (eventType !== event.event_type) return false
  if (filter === null) return true
  const holds = ({ field, operator, value }: Condition): boolean =>
    (valueAt(event, field) === value) === (operator === 'equals')
  // assumed: an empty $and lets everything pass, an empty $or nothing.
  return '$and' in filter ? filter.$and.every(holds) : filter.$or.some(holds)
}

type Condition = {
  readonly field: string
  readonly operator: 'equals' | 'not_equals'
  readonly value: string
}

/** Returns a field of an event, such as "actor.type". assumed: a missing field equals nothing. */
function valueAt(event: AttioEvent, field: string): unknown {
  let value: unknown = event
  for (const step of field.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = Reflect.get(value, step)
  }
  return value
}
