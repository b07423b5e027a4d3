// Identifies the token. Source: docs.attio.com/rest-api/endpoint-reference/meta/identify
import type { Send } from '../sending/send.ts'
import { type Identity, identitySchema } from '../wire/identity.ts'

export interface Self {
  /**
   * Returns the token's workspace, scopes and authorising member; needs no scope. A dead token is not an
   * error: Attio answers 200, and the identity is `{ active: false }`. A malformed token throws
   * AttioApiError with status 400.
   *
   * @example
   * const identity = await client.self.identify()
   * if (!identity.active) throw new Error('please connect again')
   */
  identify(): Promise<Identity>
}

export function createSelf(send: Send): Self {
  return {
    async identify() {
      const { body } = await send({
        method: 'GET',
        path: ['v2', 'self'],
        answer: () => identitySchema,
      })
      return body
    },
  }
}
