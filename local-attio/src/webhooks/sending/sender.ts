// Sends what is due and comes back when the next message is. It keeps nothing of its own that
// matters: messages are documents of the world, so a restart loses none.
import { createCarrier, type CarrierParts } from './send-delivery.ts'
import { createDepartures } from './delivery-queue.ts'
import { endDegraded, nextEnd } from './attempts.ts'

/** Begins to send. Returns its end: what is on its way then is sent again after a restart. */
export function startSender(parts: CarrierParts): () => void {
  const { world, clock, settings } = parts
  const departures = createDepartures(world, () => settings.perSecond)
  const closing = new AbortController()
  const carry = createCarrier(parts, departures, closing.signal)
  let alarm = { at: Infinity, cancel: () => {} }
  let isAwake = false

  const sendDue = (): void => {
    if (closing.signal.aborted) return
    const now = clock.now()
    endDegraded(world, now)
    for (let next = departures.take(now); next; next = departures.take(now)) carry(next)
    setAlarm()
  }

  const setAlarm = (): void => {
    if (isAwake || closing.signal.aborted) return
    const now = clock.now()
    const at = Math.min(departures.nextAt(now), nextEnd(world))
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

/** After what is being answered now has been answered. */
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
