import { attack } from './hostile-callbacks.ts'
import { tableOf } from './figures.ts'
import { createTaskrTarget } from './taskr-target.ts'
import { createTutorialTarget } from './tutorial-behaviour.ts'
const which = process.argv[2] === 'tutorial' ? createTutorialTarget() : await createTaskrTarget()
const t = performance.now()
const c = process.cpuUsage()
const outcome = await attack(which, {
  seed: Number(process.argv[4] ?? 1),
  count: Number(process.argv[3] ?? 500),
})
const u = process.cpuUsage(c)
console.log(tableOf(outcome))
console.log(outcome.findings.join('\n'))
console.log(outcome.stillConnects, performance.now() - t, (u.user + u.system) / 1000)
await which.close()
