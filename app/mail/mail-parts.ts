// The dependencies of this folder's functions, built once by `createMail`.
import type { Database } from '../database/open-database.ts'
import type { Db } from '../database/tables.ts'
import type { Clock } from '../support/clock.ts'
import type { AccountId, Ids } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import type { RandomBytes } from '../support/random.ts'
import type { Secret } from '../support/secret.ts'
import type { Letter } from './letter.ts'

export interface MailParts {
  readonly database: Database
  readonly sealer: LetterSealer
  readonly clock: Clock
  readonly ids: Ids
  readonly randomBytes: RandomBytes
  readonly logger: Logger
  readonly transport: MailTransport
}

/** Where a sealed letter belongs. */
export interface LetterPlace {
  readonly field: 'mail.letter'
  readonly accountId: string
  readonly rowId: string
}

export interface LetterSealer {
  readonly seal: (place: LetterPlace, secret: Secret) => string
  /** Returns undefined when no key opens it. */
  readonly open: (place: LetterPlace, sealed: string) => Secret | undefined
}

export interface OutgoingMail {
  /** The same at each attempt, so that a mail sent twice can be recognized as one. */
  readonly messageId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** `refused`: the server will never take this mail. `failed`: it may take it later. */
export type MailAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused' | 'failed'; readonly answer: string }

export interface MailTransport {
  readonly send: (mail: OutgoingMail) => Promise<MailAnswer>
}

export interface MailQueue {
  /**
   * Queues a mail in the transaction that gives the reason for it. The account is the one that the mail concerns;
   * undefined for a person who has none yet.
   */
  readonly queue: (db: Db, accountId: AccountId | undefined, mail: QueuedMail) => Promise<void>
}

export interface QueuedMail {
  /** A word for logs and exports: "invitation". */
  readonly kind: string
  readonly letter: Letter
  /** How long the letter is of use, for instance as long as its link. Default: three days. */
  readonly usefulForMs?: number
}
