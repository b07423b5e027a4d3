import { attackOnAllCores, batchesOf } from './on-all-cores.ts'
import { tableOf } from './figures.ts'
const t = performance.now()
const c = process.cpuUsage()
const outcome = await attackOnAllCores(
  batchesOf({ seed: 5, count: Number(process.argv[2]) }, Number(process.argv[2]) / 2),
)
const u = process.cpuUsage(c)
console.log(tableOf(outcome))
console.log(outcome.findings.slice(0, 2).join('\n'))
console.log(outcome.stillConnects, performance.now() - t, (u.user + u.system) / 1000)
