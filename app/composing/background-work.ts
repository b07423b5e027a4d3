// The work that a node repeats, each with its pause.
import { sealedFactors } from '../accounts/accounts.ts'
import type { Config } from '../config.ts'
import { keepKeys } from '../connections/connections.ts'
import { sealedLetters } from '../mail/mail.ts'
import { webhookSecrets } from '../webhooks/webhooks.ts'
import type { Foundation } from './foundation.ts'
import type { Services } from './services.ts'

const workEveryMs = 5_000
const sendEveryMs = 1_000
const mailEveryMs = 2_000
const fillWordsEveryMs = 60_000
const housekeepEveryMs = 60_000
const forgetEveryMs = 3_600_000
/** A task that Attio reported as gone is remembered this long: no answer is under way for longer. */
const removedMattersForMs = 24 * 3_600_000

export function startWorking(config: Config, foundation: Foundation, services: Services): void {
  const { accounts, background, changes, connections, mail, mirror, sync, webhooks } = services
  const every = (ms: number) => (signal: AbortSignal) => foundation.clock.wait(ms, signal)
  const pause = every(workEveryMs)
  background.repeat('checks', pause, (signal) => connections.checkDue(signal))
  background.repeat('due changes', every(sendEveryMs), (signal) => changes.sendDue(signal))
  background.repeat('keys', pause, () => keepKeysCurrent(config, foundation, services))
  background.repeat('revocations', pause, (signal) => connections.revokeDue(signal))
  background.repeat('resets', every(mailEveryMs), (signal) => accounts.answerResetRequests(signal))
  background.repeat('mail', every(mailEveryMs), (signal) => mail.sendDue(signal))
  background.repeat('webhooks', pause, (signal) => webhooks.checkDue(signal))
  background.repeat('gaps', pause, () => sync.noticeGap())
  background.repeat('syncs', pause, () => sync.syncDue())
  background.repeat('refetches', pause, () => webhooks.refetchDue())
  background.repeat('search words', every(fillWordsEveryMs), (signal) => mirror.fillWords(signal))
  background.repeat('expiry', every(forgetEveryMs), () => forgetOld(foundation, services))
}

/** Starts the work that nodes of every role repeat. */
export function startHousekeeping({ clock }: Foundation, services: Services): void {
  const { accounts, background } = services
  const pause = (signal: AbortSignal): Promise<void> => clock.wait(housekeepEveryMs, signal)
  background.repeat('last seen', pause, () => accounts.writeLastSeen())
}

async function keepKeysCurrent(
  { keys: ring }: Config,
  { database, logger, sealer }: Foundation,
  { accounts }: Services,
): Promise<void> {
  const sealedElsewhere = [webhookSecrets, sealedLetters, sealedFactors]
  const kept = await keepKeys({ database, accounts, sealer, ring, sealedElsewhere })
  if (kept.rewrapped + kept.unreadable > 0) logger.info('connections.keys', { ...kept })
  if (ring.report?.(kept.use) === 'not-stored') {
    logger.info('connections.key-use', { use: kept.use })
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
