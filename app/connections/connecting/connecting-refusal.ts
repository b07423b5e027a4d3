// Every way in which connecting can end without a connection. Each has its own page; none stores anything.
import type { Connection } from '../connection.ts'

export type ConnectingRefusal =
  /** The response had repeated, missing or oversized parameters. */
  | { readonly kind: 'malformed' }
  /** No open request has this state: it was never Taskr's, or has expired. */
  | { readonly kind: 'unknown-request' }
  /** The same, shortly after this account connected: most likely a reloaded page. */
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
  /** Attio rejected the code: used, expired or issued to another app. */
  | { readonly kind: 'code-refused' }
  /** Attio does not know Taskr's client id and secret. */
  | { readonly kind: 'client-refused' }
  /** Attio gave no usable answer. `retryAt` is the time that Attio named (milliseconds since 1970). */
  | { readonly kind: 'attio-unreachable'; readonly retryAt?: number | undefined }
  /** Attio's answer does not match its documentation. */
  | { readonly kind: 'attio-unclear' }
  | { readonly kind: 'token-inactive' }
  /** The token was issued to another app. */
  | { readonly kind: 'foreign-token' }
  /** A reconnect returned with another workspace: nothing is overwritten, and the new token is revoked. */
  | { readonly kind: 'other-workspace'; readonly chosen: string; readonly wanted: Connection }
  | {
      readonly kind: 'missing-scopes'
      readonly missing: readonly string[]
      readonly workspaceName: string
    }

export type ConnectingRefusalKind = ConnectingRefusal['kind']
