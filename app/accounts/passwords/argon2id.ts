// Node's argon2id (RFC 9106).

import { argon2 } from 'node:crypto'

export type Argon2Parameters = {
  readonly memoryKib: number
  readonly passes: number
  readonly parallelism: number
}

export type Argon2id = (input: {
  readonly password: string
  readonly salt: Uint8Array
  readonly parameters: Argon2Parameters
  readonly length: number
}) => Promise<Uint8Array>

export function createArgon2id(): Argon2id {
  return ({ password, salt, parameters, length }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    argon2(
      'argon2id',
      {
        message: Buffer.from(password, 'utf8'),
        nonce: salt,
        memory: parameters.memoryKib,
        passes: parameters.passes,
        parallelism: parameters.parallelism,
        tagLength: length,
      },
      (error, tag) => {
        if (error === null) resolve(tag)
        else reject(error)
      },
    )
    return promise
  }
}
