// The hosts of one address: Taskr uses the one that takes writes, and looks for it again when that changes.
import { Client, type ClientConfig, type Pool, type PoolClient } from 'pg'
import { addressPerHost } from '../../support/address-per-host.ts'

/** The hosts of one address, of which one is in use. */
export interface Hosts {
  readonly count: number
  readonly current: () => string
  /** Goes on to the next host, unless another connection did so already. */
  readonly leave: (address: string) => void
}

export function createHosts(url: string): Hosts {
  const addresses = addressPerHost(url)
  let at = 0
  const current = (): string => addresses[at] ?? url
  return {
    count: addresses.length,
    current,
    leave: (address) => {
      if (address === current()) at = (at + 1) % addresses.length
    },
  }
}

/** Tries every host once, beginning with the one in use. Throws the last error when none will do. */
export async function onAnyHost<Result>(
  hosts: Hosts,
  work: (address: string) => Promise<Result>,
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    const address = hosts.current()
    try {
      return await work(address)
    } catch (error) {
      hosts.leave(address)
      if (tried >= hosts.count) throw error
    }
  }
}

/** Returns a class for pg's pool whose connections lead to the host in use. */
export function clientForHosts(hosts: Hosts): typeof Client {
  return class extends Client {
    constructor(config?: string | ClientConfig) {
      super({
        ...(typeof config === 'string' ? {} : config),
        connectionString: hosts.current(),
      })
    }
  }
}

/** Takes a connection of the pool to a server that takes writes. A new one is asked; one that was used before is not. */
export async function takeWritable(
  pool: Pool,
  hosts: Hosts,
  isNew: (client: object) => boolean,
): Promise<PoolClient> {
  if (hosts.count === 1) return await pool.connect()
  return await onAnyHost(hosts, async () => {
    const client = await pool.connect()
    if (!isNew(client)) return client
    try {
      const { rows } = await client.query<{ readonly transaction_read_only: string }>(
        'show transaction_read_only',
      )
      if (rows[0]?.transaction_read_only === 'off') return client
    } catch (error) {
      client.release(true)
      throw error
    }
    client.release(true)
    throw Object.assign(new Error('This host takes no writes.'), { code: readOnlyServer })
  })
}

/** PostgreSQL's code of a write to a replica. */
export const readOnlyServer = '25006'
