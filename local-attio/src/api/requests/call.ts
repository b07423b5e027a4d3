// The arguments and the result of an operation's handler.
import type { Ids } from '../../ids.ts'
import type { Shapes } from '../../parts.ts'
import type { AccessToken } from '../../world/access.ts'
import type { Actor } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import type { MemberPath } from './ignored-members.ts'

export type Call = {
  readonly world: World
  readonly ids: Ids
  readonly now: number
  readonly origin: string
  /** Which source has precedence where Attio's document and its recordings disagree. */
  readonly shapes: Shapes
  readonly token: AccessToken
  readonly workspaceId: string
  /** The actor of every change that this call makes. */
  readonly actor: Actor
  /** The member who authorized the token. */
  readonly memberId: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The parsed JSON body; undefined without a body. */
  readonly body: unknown
  /** Headers to add to the answer. */
  readonly answerHeaders: Map<string, string>
  /** Reports body members that Attio ignores; throws when they are to be refused. */
  readonly ignore: (members: readonly MemberPath[]) => void
}

/** Runs inside a transaction. Returns the JSON body of a 200, or throws an AttioError. */
export type Handler = (call: Call) => unknown
