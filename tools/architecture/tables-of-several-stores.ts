// The tables that more than one file uses: one store for each purpose. Every other table is used by one file.

// A session is read with its account, and with what it sees of connections and seats, in one statement.
const ofSession = ['app/accounts/sessions/session-store.ts']

export const tablesOfSeveralStores: Readonly<Record<string, readonly string[]>> = {
  accounts: [
    ...ofSession,
    'app/accounts/own-account/account-store.ts',
    // The accounts as operators list them, apart from the person's own.
    'app/accounts/operating/account-list-store.ts',
  ],
  connections: [
    ...ofSession,
    'app/connections/connection-store.ts',
    'app/connections/usable-connection-store.ts',
    'app/connections/connection-check-store.ts',
    'app/connections/keys/sealed-connection-store.ts',
  ],
  seats: [...ofSession, 'app/connections/seats/seat-store.ts'],
  revocations: [
    'app/connections/ending/revocation-store.ts',
    'app/connections/ending/held-token-store.ts',
    'app/connections/ending/receipt-store.ts',
    'app/connections/keys/sealed-revocation-store.ts',
  ],
  tasks: [
    'app/tasks/rows/task-store.ts',
    'app/tasks/rows/synced-task-store.ts',
    'app/tasks/rows/visible-task-store.ts',
    'app/tasks/rows/task-list-store.ts',
    'app/tasks/searching/task-search-store.ts',
  ],
  changes: [
    'app/tasks/change-rows/change-store.ts',
    'app/tasks/change-rows/found-change-store.ts',
    'app/tasks/change-rows/open-change-store.ts',
    'app/tasks/change-rows/change-queue-store.ts',
    'app/tasks/change-rows/change-sequence-store.ts',
    'app/tasks/change-rows/lost-create-store.ts',
  ],
  mirrors: ['app/sync/mirror-store.ts', 'app/sync/mirror-state-store.ts'],
  webhooks: [
    'app/webhooks/keeping/webhook-store.ts',
    'app/webhooks/keeping/webhook-key-store.ts',
    'app/webhooks/keeping/sealed-webhook-store.ts',
    // The state of a copy is read with whether a webhook keeps it fresh.
    'app/sync/mirror-state-store.ts',
  ],
}
