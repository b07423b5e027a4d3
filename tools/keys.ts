// `npm run keys -- new`: makes a key for TASKR_KEYS.
import { formatKey } from '../app/connections/key-ring.ts'
import { systemRandomBytes } from '../app/support/random.ts'

const [command] = process.argv.slice(2)

if (command === 'new') {
  const today = new Date().toISOString().slice(0, 10)
  console.log(formatKey(`k-${today}`, systemRandomBytes(32)))
} else {
  console.error('Usage: npm run keys -- new')
  process.exitCode = 1
}
