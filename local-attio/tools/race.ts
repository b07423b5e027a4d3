// 20 parallel exchanges of one code, 1,000 times: node local-attio/tools/race.ts [rounds]
import { raceForCodes } from '../src/oauth/race.ts'

const [rounds = '1000'] = process.argv.slice(2)
const successes = await raceForCodes(Number(rounds), 20)
const right = successes.filter((count) => count === 1).length
console.log(`20 parallel exchanges of one code: exactly one succeeded ${right} of ${rounds} times`)
process.exitCode = right === successes.length ? 0 : 1
