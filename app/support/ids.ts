// Ids of Taskr's own rows: UUIDv7 (RFC 9562 §5.7), so that they sort by creation time and cannot be guessed; and branded
// types that keep one kind of id from being passed for another.

import type { Clock } from './clock.ts'
import type { RandomBytes } from './random.ts'

declare const idName: unique symbol
type Id<Name extends string> = string & { readonly [idName]: Name }

export type AccountId = Id<'AccountId'>
export type SessionId = Id<'SessionId'>
export type EventId = Id<'EventId'>
export type AuthorizationRequestId = Id<'AuthorizationRequestId'>
export type ConnectionId = Id<'ConnectionId'>
export type RevocationId = Id<'RevocationId'>
export type ChangeId = Id<'ChangeId'>
export type RefetchRequestId = Id<'RefetchRequestId'>
export type MailId = Id<'MailId'>
export type MailedLinkId = Id<'MailedLinkId'>
export type ResetRequestId = Id<'ResetRequestId'>
export type SignUpLinkId = Id<'SignUpLinkId'>
export type FactorId = Id<'FactorId'>
export type SignInId = Id<'SignInId'>
export type PasskeyId = Id<'PasskeyId'>
// Attio's own ids.
export type WorkspaceId = Id<'WorkspaceId'>
export type MemberId = Id<'MemberId'>
export type TaskId = Id<'TaskId'>

export const asAccountId = (text: string): AccountId => brand(text)
export const asSessionId = (text: string): SessionId => brand(text)
export const asEventId = (text: string): EventId => brand(text)
export const asAuthorizationRequestId = (text: string): AuthorizationRequestId => brand(text)
export const asConnectionId = (text: string): ConnectionId => brand(text)
export const asChangeId = (text: string): ChangeId => brand(text)
export const asRefetchRequestId = (text: string): RefetchRequestId => brand(text)
export const asMailId = (text: string): MailId => brand(text)
export const asMailedLinkId = (text: string): MailedLinkId => brand(text)
export const asResetRequestId = (text: string): ResetRequestId => brand(text)
export const asSignUpLinkId = (text: string): SignUpLinkId => brand(text)
export const asFactorId = (text: string): FactorId => brand(text)
export const asPasskeyId = (text: string): PasskeyId => brand(text)
export const asSignInId = (text: string): SignInId => brand(text)
export const asRevocationId = (text: string): RevocationId => brand(text)
export const asWorkspaceId = (text: string): WorkspaceId => brand(text)
export const asMemberId = (text: string): MemberId => brand(text)
export const asTaskId = (text: string): TaskId => brand(text)

export type Ids = () => string

/** Each id is greater than the one before, even within a millisecond and when the clock steps back. */
export function createIds(clock: Clock, randomBytes: RandomBytes): Ids {
  let lastMs = -1
  let counter = 0
  return () => {
    const tail = randomBytes(10)
    const nowMs = clock.now()
    if (nowMs > lastMs) {
      lastMs = nowMs
      // The counter starts low in its 12 bits, so that it has room to grow (RFC 9562 §6.2, method 1).
      counter = readUint16(tail, 8) & 0x7ff
    } else if (++counter > 0xfff) {
      lastMs += 1
      counter = 0
    }
    return format(lastMs, counter, tail)
  }
}

function brand<Name extends string>(text: string): Id<Name> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand exists only for the type checker
  return text as Id<Name>
}

function readUint16(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint16(offset)
}

function format(ms: number, counter: number, tail: Uint8Array): string {
  const time = ms.toString(16).padStart(12, '0')
  const sequence = (0x7000 | counter).toString(16)
  const variant = (0x8000 | (readUint16(tail, 0) & 0x3fff)).toString(16)
  const rest = Buffer.from(tail.subarray(2, 8)).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-${sequence}-${variant}-${rest}`
}
