// The events that a webhook can subscribe to, and the ids that each of them carries.
import { eventTypes, type EventType } from '../world/events.ts'

/** Event types of Attio that the local Attio never fires. */
const neverCaused = [
  'activity.created',
  'activity.updated',
  'activity.deleted',
  'activity-attribute.created',
  'activity-attribute.updated',
  'activity-record.created',
  'activity-record.deleted',
] as const

export const subscribableEventTypes = [...neverCaused, ...eventTypes] as const

export type SubscribableEventType = (typeof subscribableEventTypes)[number]

export function isEventType(text: string): text is EventType {
  return eventTypes.some((type) => type === text)
}
