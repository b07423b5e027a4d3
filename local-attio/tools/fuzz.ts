// 100,000 hostile requests from a fixed seed: node local-attio/tools/fuzz.ts [count] [seed]
import { fuzz } from '../src/fuzz/fuzz.ts'

const [count = '100000', seed = '20261003'] = process.argv.slice(2)
const { requests, statuses, problems } = await fuzz(Number(count), Number(seed))
console.log(`${requests} hostile requests, seed ${seed}`)
console.table(statuses)
for (const { request, problem } of problems.slice(0, 10)) console.error(problem, request)
console.log(`${problems.length} answered as they should not be`)
process.exitCode = problems.length === 0 ? 0 : 1
