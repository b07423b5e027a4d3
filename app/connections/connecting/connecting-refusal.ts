// Every way in which connecting can end without a connection. Each has its own page; none has stored anything.
import type { Connection } from '../connection-store.ts'

export type ConnectingRefusal =
  /** The answer carried doubled, missing or oversized parameters. */
  | { readonly kind: 'malformed' }
  /** No open request has this state: never ours, or long ago. */
  | { readonly kind: 'unknown-request' }
  /** The same, just after this account connected: a page loaded twice, most likely. */
  | { readonly kind: 'used-request' }
  | { readonly kind: 'expired' }
  /** Another account began it. */
  | { readonly kind: 'other-account' }
  /** This account began it, in another session or browser. */
  | { readonly kind: 'other-session' }
  /** The person pressed Deny. */
  | { readonly kind: 'denied' }
  /** Attio answered with another error code of RFC 6749 §4.1.2.1. */
  | { readonly kind: 'attio-refused'; readonly code: string }
  /** The answer names another authorization server (RFC 9207). */
  | { readonly kind: 'foreign-issuer' }
  /** Attio did not take the code: used, expired or not meant for us. */
  | { readonly kind: 'code-refused' }
  /** Attio does not know Taskr's client id and secret. */
  | { readonly kind: 'client-refused' }
  /** No usable answer. `retryAt` is the instant that Attio named (milliseconds since 1970). */
  | { readonly kind: 'attio-unreachable'; readonly retryAt?: number | undefined }
  /** Attio's answer is not what its documents say. */
  | { readonly kind: 'attio-unclear' }
  | { readonly kind: 'token-inactive' }
  /** The token was issued to another app. */
  | { readonly kind: 'foreign-token' }
  /** A reconnect came back with another workspace: nothing is overwritten, its token is given back. */
  | { readonly kind: 'other-workspace'; readonly chosen: string; readonly wanted: Connection }
  | {
      readonly kind: 'missing-scopes'
      readonly missing: readonly string[]
      readonly workspaceName: string
    }

export type ConnectingRefusalKind = ConnectingRefusal['kind']
