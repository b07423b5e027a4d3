// Actions that cannot be taken back, or that hand out data, ask who the person is unless they proved it recently.
import type { Session } from '../../accounts/accounts.ts'
import type { WebParts } from '../web-parts.ts'

const staysConfirmedMs = 10 * 60_000

/** True for ten minutes after the person logged in or confirmed who they are. */
export function isConfirmed({ clock }: Pick<WebParts, 'clock'>, session: Session): boolean {
  // A confirmation in the future was written by a clock that has been set back since.
  return Math.abs(clock.now() - session.confirmedAt) <= staysConfirmedMs
}
