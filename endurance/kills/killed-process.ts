// The process that is killed: a Taskr without pages. It prints a line for each acknowledged step, and one when no change
// is under way any more.
import { randomBytes } from 'node:crypto'
import { stdout } from 'node:process'
import { composeTaskr, type Taskr } from '../../app/compose.ts'
import { readConfig } from '../../app/config/config.ts'
import { asAccountId, asConnectionId, asTaskId } from '../../app/support/ids.ts'
import { createTestLogger } from '../../app/support/logger.ts'
import { scenario, stepOf, type Scenario, type Step } from './scenario.ts'
import { createFastClock } from './fast-clock.ts'

const told = scenario.parse(JSON.parse(process.argv[2] ?? ''))
const reading = readConfig(told.environment)
if (reading.kind !== 'read') throw new Error('The environment makes no configuration.')
const clock = createFastClock(told.beganAt)
const logger = createTestLogger(clock)

let times = 0
let hasStopped = false
const taskr = await composeTaskr(reading.config, {
  clock,
  logger,
  randomBytes,
  fetch: (input, init) => fetch(input, init),
  unsafelySkipDurabilityCheck: true,
  reached: async (point) => {
    if (told.stopAt === point && !hasStopped) {
      hasStopped = true
      process.kill(process.pid, 'SIGSTOP')
    }
    if (told.killAt?.point !== point) return
    times += 1
    if (times === told.killAt.time) process.kill(process.pid, 'SIGKILL')
  },
})
const owner = {
  accountId: asAccountId(told.accountId),
  connectionId: asConnectionId(told.connectionId),
}
taskr.startWorking()
for (let number = told.from; number < told.steps; number++) {
  await take(taskr, stepOf(number))
  stdout.write(`${number}\n`)
}
await untilDelivered(taskr, told)
stdout.write('delivered\n')
await taskr.stop()

async function take({ parts }: Taskr, step: Step): Promise<void> {
  const { changes } = parts
  const { content, later, key } = step
  if (step.kind === 'create') {
    const task = { content, deadlineAt: null, assigneeIds: [], linkedRecords: [] }
    return check(await changes.create(owner, task, key))
  }
  const reference = { ...owner, taskId: await findTask(taskr, [content, later]) }
  switch (step.kind) {
    case 'complete':
      return check(await changes.update(reference, { isCompleted: true }, key))
    case 'replace':
      return check(await changes.replace(reference, later, key))
    case 'delete':
      return check(await changes.remove(reference, key))
  }
}

function check(recorded: Awaited<ReturnType<Taskr['parts']['changes']['create']>>): void {
  if (recorded.kind === 'refused') throw new Error(recorded.refusal)
}

/** Finds a step's task; undefined when an unacknowledged step already hides it. */
async function findTask({ parts }: Taskr, contents: readonly string[]) {
  for (const isCompleted of [false, true]) {
    const query = { isCompleted, whose: { kind: 'everyone' }, limit: 10_000, offset: 0 } as const
    const tasks = await parts.mirror.listTasks(
      [{ ...owner, sees: 'everyone', memberId: undefined }],
      query,
    )
    const found = tasks.find(({ content }) => contents.includes(content))
    if (found !== undefined) return found.taskId
  }
  return asTaskId('none')
}

async function untilDelivered({ parts }: Taskr, { accountId }: Scenario): Promise<void> {
  for (;;) {
    const { failed, underWay } = await parts.changes.listOpen(asAccountId(accountId))
    if (failed.length > 0) throw new Error(JSON.stringify(failed))
    if (underWay === 0) return
    await clock.wait(500)
  }
}
