// `npm run test:endurance -- proxies`: a rolling restart of two nodes behind each proxy that is on this machine.
//
//   … --requests 500     fewer requests
import { parseArgs } from 'node:util'
import { readMigrations } from '../../app/database/migrating/migration-files.ts'
import { startTestPostgres } from '../../testing/database/on-each-engine.ts'
import { createTestDatabases } from '../../testing/database/test-databases.ts'
import { startBehindProxy } from './behind-proxy.ts'
import { isInstalled, proxyNames } from './proxy.ts'
import { restartInTurn } from './rolling-restart.ts'

const { values } = parseArgs({ options: { requests: { type: 'string', default: '1500' } } })
const postgres = await startTestPostgres({ durable: true })
const databases = await createTestDatabases(postgres.url, readMigrations())
try {
  for (const name of proxyNames) {
    if (!isInstalled(name)) {
      console.log(`${name}: not on this machine, skipped`)
      continue
    }
    const nodes = await startBehindProxy(name, await databases.createMigratedUrl())
    try {
      const { answered, failed, seconds } = await restartInTurn(nodes, Number(values.requests))
      console.log(`${name}: ${answered} requests answered, ${failed.length} failed, ${seconds} s`)
      for (const failure of failed.slice(0, 10)) console.log(`  ${failure}`)
      if (failed.length > 0) process.exitCode = 1
    } finally {
      await nodes.close()
    }
  }
} finally {
  await databases.close()
  await postgres.stop()
}
