// The unusual tasks of the seed: every kind of deadline, assignee, link and text.
import { standard } from './standard.ts'

export type TaskSketch = {
  readonly content: string
  readonly deadlineAt: number | null
  readonly isCompleted: boolean
  readonly assigneeIds: readonly string[]
  /** Positions among the workspace's records. */
  readonly links: readonly number[]
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export function acmeSketches(at: number): TaskSketch[] {
  const { adaAtAcme: ada, benAtAcme: ben, cleoAtAcme: cleo, danaAtAcme: dana } = standard.members
  const day = (days: number, hours = 17): number =>
    Math.floor(at / dayMs) * dayMs + days * dayMs + hours * hourMs
  const spring = springForward(at)
  return [
    open('Send Initech the revised quote', day(-2), [ada], [0, 5]),
    open('Call Grace Hopper back about the compiler line', day(0), [ada], [5]),
    open('Book the hall for the spring demo', day(1, 9), [ben], []),
    open('Write the quarterly letter', null, [ada], []),
    done('Order forty gripper pads', day(-5), [ada], [0]),
    open('Ask Hooli who signs', day(6), [ben], [1, 6]),
    open('Find out who owns this', null, [], []),
    open('Water the office plants 🪴🌵', day(0, 12), [dana], []),
    open('متابعة عقد الشحن مع نور', day(3), [ada], [2, 7]),
    open('<script>alert("task")</script> & <img src=x onerror=alert(1)>', day(2), [ada], [3]),
    open('Renew the safety certificate', day(-31), [ada, ben], []),
    open('Call Zoë 🌻 O’Neill-Ångström', day(0, 8), [ada], [8]),
    done('Sign the lease', day(-20), [ben], []),
    open('Reply to the person without a name', day(4), [ada], [9]),
    open('Move “Forty welding arms” to negotiation', day(10), [ada], [10]),
    open('Grease Marvin’s left elbow', day(1), [ben], [12]),
    open('Left over from a suspended member', day(-1), [cleo], []),
    open('Due at the last millisecond of the day (UTC)', day(0, 24) - 1, [ada], []),
    open('Due at the first millisecond of tomorrow (UTC)', day(1, 0), [ada], []),
    open('Due just before Europe’s clocks spring forward', spring - 1, [ada], []),
    open('Due just after Europe’s clocks spring forward', spring, [ada], []),
    open(
      `A long one: ${'measure twice, cut once, and then measure again. '.repeat(20)}`.trim(),
      day(8),
      [ada],
      [],
    ),
    open('Two\nlines,\tand a tab', day(5), [], [1]),
    done('Pick a name for the new arm', null, [dana], []),
  ]
}

export function globexSketches(at: number): TaskSketch[] {
  const { adaAtGlobex: ada, edithAtGlobex: edith } = standard.members
  const day = (days: number): number => Math.floor(at / dayMs) * dayMs + days * dayMs + 15 * hourMs
  return [
    open('Invite Hank Scorpio to the site visit', day(0), [ada], [1]),
    open('Review the energy contract', day(2), [ada, edith], [0]),
    open('Collect three references', null, [], []),
    done('Open the bank account', day(-9), [edith], []),
  ]
}

type Rest = readonly [
  deadlineAt: number | null,
  assigneeIds: readonly string[],
  links: readonly number[],
]

function open(content: string, ...[deadlineAt, assigneeIds, links]: Rest): TaskSketch {
  return { content, deadlineAt, isCompleted: false, assigneeIds, links }
}

function done(content: string, ...[deadlineAt, assigneeIds, links]: Rest): TaskSketch {
  return { content, deadlineAt, isCompleted: true, assigneeIds, links }
}

/** Returns the next last Sunday of March, 01:00 UTC. */
function springForward(at: number): number {
  const year = new Date(at).getUTCFullYear()
  const candidates = [year, year + 1].map((one) => {
    const end = new Date(Date.UTC(one, 2, 31, 1))
    return end.getTime() - end.getUTCDay() * dayMs
  })
  return candidates.find((instant) => instant > at) ?? at
}
