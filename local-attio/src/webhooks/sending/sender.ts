// Sends due messages, then waits for the next due time. Messages are documents of the world, so a
// restart loses none.
import { createDeliverySender, type SenderParts } from './send-delivery.ts'
import { createDeliveryQueue } from './delivery-queue.ts'
import { endDegraded, nextEnd } from './attempts.ts'

/** Starts sending. Returns a function that stops; messages in flight are sent again after a restart. */
export function startSender(parts: SenderParts): () => void {
  const { world, clock, settings } = parts
  const queue = createDeliveryQueue(world, () => settings.perSecond)
  const closing = new AbortController()
  const send = createDeliverySender(parts, queue, closing.signal)
  let alarm = { at: Infinity, cancel: () => {} }
  let isAwake = false

  const sendDue = (): void => {
    if (closing.signal.aborted) return
    const now = clock.now()
    endDegraded(world, now)
    for (let next = queue.take(now); next; next = queue.take(now)) send(next)
    setAlarm()
  }

  const setAlarm = (): void => {
    if (isAwake || closing.signal.aborted) return
    const now = clock.now()
    const at = Math.min(queue.nextAt(now), nextEnd(world))
    if (at <= now) {
      isAwake = true
      clock.hold(
        soon(() => {
          isAwake = false
          sendDue()
        }),
      )
    } else if (at !== alarm.at) {
      alarm.cancel()
      alarm = { at, cancel: at === Infinity ? () => {} : clock.schedule(at, ring) }
    }
  }

  const ring = (): void => {
    alarm = { at: Infinity, cancel: () => {} }
    sendDue()
  }

  world.onCommit(setAlarm)
  setAlarm()
  return () => {
    closing.abort()
    alarm.cancel()
  }
}

/** Runs the work after the current request has been answered. */
function soon(work: () => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  setImmediate(() => {
    try {
      work()
    } finally {
      resolve()
    }
  })
  return promise
}
