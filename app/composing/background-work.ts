// The work that a node repeats: what stands in queues as soon as a row is due, the rest with a pause of its own.
import { resetRequests, sealedFactors } from '../accounts/accounts.ts'
import type { Config } from '../config/config.ts'
import { connectionChecks, keepKeys, revocations } from '../connections/connections.ts'
import { mails, sealedLetters } from '../mail/mail.ts'
import { dueSyncs } from '../sync/sync.ts'
import { dueChanges } from '../tasks/changes.ts'
import { refetchRequests, webhookChecks, webhookSecrets } from '../webhooks/webhooks.ts'
import { findDueQueues } from '../work/work.ts'
import type { Foundation } from './foundation.ts'
import type { Services } from './services.ts'

/** How soon a worker notices what another node queued, and what falls due by time. */
const askEveryMs = 2_000
const beatEveryMs = 15_000
const fillWordsEveryMs = 60_000
const housekeepEveryMs = 60_000
const forgetEveryMs = 3_600_000
/** While keys are being rotated, and otherwise. */
const keepKeysEveryMs = { rotating: 5_000, resting: 600_000 }
/** A task that Attio reported as gone is remembered this long: no answer is under way for longer. */
const removedMattersForMs = 24 * 3_600_000

const queues = {
  changes: dueChanges,
  'connection checks': connectionChecks,
  mail: mails,
  refetches: refetchRequests,
  'reset requests': resetRequests,
  revocations,
  syncs: dueSyncs,
  'webhook checks': webhookChecks,
} as const

type QueueName = keyof typeof queues

export function startWorking(config: Config, foundation: Foundation, services: Services): void {
  const { background, mirror, sync } = services
  const { clock } = foundation
  const every = (ms: number) => (signal: AbortSignal) => clock.wait(ms, signal)
  const work = workOf(services)
  background.repeat('due work', every(askEveryMs), async () => {
    for (const name of await findDueQueues(foundation.database.db, queues, clock.now())) {
      background.run(`due ${name}`, work[name])
    }
  })
  background.repeat('gaps', every(beatEveryMs), () => sync.noticeGap())
  background.repeat('search words', every(fillWordsEveryMs), (signal) => mirror.fillWords(signal))
  background.repeat('expiry', every(forgetEveryMs), () => forgetOld(foundation, services))
  const keep = keepKeysCurrent(config, foundation, services)
  background.repeat('keys', every(keepKeysEveryMs.rotating), keep)
}

/** A piece of work ends when nothing is due for it any more. */
function workOf({
  accounts,
  changes,
  connections,
  mail,
  sync,
  webhooks,
}: Services): Readonly<Record<QueueName, (signal: AbortSignal) => Promise<unknown>>> {
  return {
    changes: changes.sendDue,
    'connection checks': connections.checkDue,
    mail: mail.sendDue,
    refetches: webhooks.refetchDue,
    'reset requests': accounts.answerResetRequests,
    revocations: connections.revokeDue,
    syncs: sync.syncDue,
    'webhook checks': webhooks.checkDue,
  }
}

/** Starts the work that nodes of every role repeat. */
export function startHousekeeping({ clock }: Foundation, services: Services): void {
  const { accounts, background } = services
  const pause = (signal: AbortSignal): Promise<void> => clock.wait(housekeepEveryMs, signal)
  background.repeat('last seen', pause, () => accounts.writeLastSeen())
}

/** Returns the work that seals values with the current key; with one key in the ring there is rarely any. */
function keepKeysCurrent(
  { keys: ring }: Config,
  { clock, database, logger, sealer }: Foundation,
  { accounts }: Services,
): () => Promise<void> {
  const sealedElsewhere = [webhookSecrets, sealedLetters, sealedFactors]
  let kept = { ids: '', at: -Infinity }
  return async () => {
    const ids = ring.ids.join()
    const isResting = ring.ids.length === 1 && ids === kept.ids
    if (isResting && Math.abs(clock.now() - kept.at) < keepKeysEveryMs.resting) return
    const done = await keepKeys({ database, accounts, sealer, ring, sealedElsewhere })
    kept = { ids, at: clock.now() }
    if (done.rewrapped + done.unreadable > 0) logger.info('connections.keys', { ...done })
    if (ring.report?.(done.use) === 'not-stored') {
      logger.info('connections.key-use', { use: done.use })
    }
  }
}

async function forgetOld({ clock }: Foundation, services: Services): Promise<void> {
  const { accounts, changes, connections, mirror, seats, webhooks } = services
  await accounts.forgetExpired()
  await connections.forgetExpired()
  await changes.forgetFinished()
  await mirror.forgetRemoved(clock.now() - removedMattersForMs)
  await webhooks.forgetOld()
  await seats.forgetOld()
}
