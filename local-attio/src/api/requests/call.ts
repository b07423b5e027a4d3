// What an operation of the API gets, and what it gives back.
import type { Ids } from '../../ids.ts'
import type { Shapes } from '../../parts.ts'
import type { AccessToken, Actor } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'

export type Call = {
  readonly world: World
  readonly ids: Ids
  readonly now: number
  readonly origin: string
  /** Whose word counts where the vendor's document and recordings of the real Attio disagree. */
  readonly shapes: Shapes
  readonly token: AccessToken
  readonly workspaceId: string
  /** Whom Attio names as the author of what this call does. */
  readonly actor: Actor
  /** The member who authorized the token. */
  readonly memberId: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The parsed JSON body; undefined when there was none. */
  readonly body: unknown
  /** Headers to be added to the answer. */
  readonly answerHeaders: Map<string, string>
}

/** Runs inside a transaction. Returns the JSON body of a 200, or throws an AttioError. */
export type Handler = (call: Call) => unknown
