// The tables whose rows pages show, and the columns of them that no page shows. A write to any other column raises the
// revision of the row's owner (owners-of-write.ts). A new table goes into one of these lists.

import type { Tables } from '../tables.ts'

type OwnerColumn = 'account_id' | 'connection_id'

export type SeenTable = {
  /** The columns that name the owners whose revisions a write raises. */
  readonly owners: readonly OwnerColumn[]
  /** Columns that show on no page: leases, due times, sealed values. */
  readonly unseen: readonly string[]
  /** Values of a column that look the same on every page as the value before. */
  readonly unseenValues?: Readonly<Record<string, readonly string[]>>
  /**
   * Columns that change what a page says about itself, such as when it was synced. They raise the revision, but open
   * pages are not told.
   */
  readonly quiet?: readonly string[]
  /** Values that are quiet although their column is not. */
  readonly quietValues?: Readonly<Record<string, readonly (string | null)[]>>
  /** The column that names an owner who ends with the row. */
  readonly ends?: OwnerColumn
  /** Set when only ended rows matter: sessions are seen on a page that is never kept. */
  readonly onlyDeletes?: true
}

const lease = ['leased_until', 'lease_number'] as const

export const seenTables: Readonly<Partial<Record<keyof Tables, SeenTable>>> = {
  accounts: {
    owners: ['account_id'],
    unseen: ['password_hash', 'email_address', 'invitation_hash'],
    ends: 'account_id',
  },
  sessions: { owners: ['account_id'], unseen: [], onlyDeletes: true },
  connections: {
    owners: ['account_id', 'connection_id'],
    unseen: [...lease, 'sealed_access_token', 'checked_at', 'next_check_at', 'updated_at'],
    ends: 'connection_id',
  },
  revocations: {
    owners: ['account_id'],
    unseen: [...lease, 'next_attempt_at', 'sealed_access_token', 'webhook_key_hash'],
  },
  mirrors: {
    owners: ['connection_id'],
    unseen: [...lease, 'account_id', 'failures_in_a_row', 'next_sync_at', 'rests_until'],
    quiet: [
      'as_of',
      'sync_started_at',
      'sync_tasks_seen',
      'unread_tasks',
      'unread_members',
      'unread_names',
    ],
    quietValues: { problem: [null] },
  },
  tasks: { owners: ['connection_id'], unseen: ['observed_at', 'search_words'] },
  workspace_members: { owners: ['connection_id'], unseen: ['observed_at', 'search_words'] },
  linked_records: { owners: ['connection_id'], unseen: ['observed_at', 'search_words'] },
  changes: {
    owners: ['account_id'],
    unseen: [
      ...lease,
      'next_attempt_at',
      'attempts',
      'unclear_answers',
      'sent_at',
      'first_sent_at',
      'base',
    ],
    // A change that is being sent counts as under way, as it did before.
    unseenValues: { status: ['sent'] },
  },
  seats: { owners: ['account_id', 'connection_id'], unseen: ['last_seen_at'] },
  webhooks: {
    owners: ['connection_id'],
    unseen: [
      ...lease,
      'account_id',
      'failures',
      'key_hash',
      'last_delivery_at',
      'made_at',
      'next_check_at',
      'sealed_secret',
      'webhook_id',
    ],
  },
}

/** Tables that no page shows, or only pages that are read anew each time. */
export const unseenTables: readonly (keyof Tables)[] = [
  'attio_permits',
  'authorization_requests',
  'events',
  'first_accounts',
  'heartbeats',
  'invitations',
  'key_checks',
  'mailed_links',
  'mails',
  'migrations',
  'operator_events',
  'passkey_challenges',
  'passkeys',
  'rate_limits',
  'recovery_codes',
  'refetch_requests',
  'removed_tasks',
  'reset_requests',
  'revisions',
  'sign_on_arrivals',
  'sign_on_identities',
  'sign_on_requests',
  'sign_up_links',
  'second_factors',
  'unfinished_sign_ins',
  'webhook_deliveries',
]
