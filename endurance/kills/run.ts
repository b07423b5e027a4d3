// node endurance/kills/run.ts [kills]: kills a Taskr that sends changes, at random moments and at every named point.
import { randomInt } from 'node:crypto'
import { argv, stdout } from 'node:process'
import { sendingSteps } from '../../app/tasks/sending/sending-steps.ts'
import { killAgain } from './kill-again.ts'

const [, , count = '200'] = argv
const named = sendingSteps.flatMap((point) => [1, 2, 5].map((time) => ({ at: { point, time } })))
const random = Array.from({ length: Number(count) }, () => ({ afterMs: randomInt(300, 2_500) }))
for (const [name, kills] of Object.entries({ named, random })) {
  // Enough steps that the process is still busy when it is killed.
  const report = await killAgain({ kills, stepsPerLife: name === 'named' ? 12 : 1_000 })
  stdout.write(
    `${name}: ${report.kills} kills, ${report.steps} acknowledged steps, 0 lost, 0 twice (${report.seconds} s)\n`,
  )
}
