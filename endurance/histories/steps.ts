// The steps of people, Taskr and Attio. A history is a random list of steps, which fast-check shrinks when it fails.
import fc from 'fast-check'
import { sendingSteps } from '../../app/tasks/sending/sending-steps.ts'

const pick = fc.nat({ max: 7 })
const field = fc.constantFrom('deadlineAt', 'isCompleted', 'assigneeIds')
const value = fc.nat({ max: 3 })

export const apiFaults = [
  { status: 429 },
  { status: 500 },
  { status: 503 },
  { status: 500, commit: true },
  { reset: 'before-commit' },
  { reset: 'after-commit' },
  { truncate: 15 },
  { shape: 'null' },
  { latencyMs: 2_500 },
] as const

export const webhookEffects = [
  { drop: true },
  { duplicates: 2 },
  { delayMs: 40_000 },
  { reorder: 2 },
  { signature: 'wrong' },
  { body: 'altered' },
] as const

const stepKinds = {
  create: fc.record({ kind: fc.constant('create') }),
  update: fc.record({ kind: fc.constant('update'), pick, field, value }),
  delete: fc.record({ kind: fc.constant('delete'), pick }),
  replace: fc.record({ kind: fc.constant('replace'), pick }),
  undo: fc.record({ kind: fc.constant('undo') }),
  theirCreate: fc.record({ kind: fc.constant('their-create') }),
  theirUpdate: fc.record({ kind: fc.constant('their-update'), pick, field, value }),
  theirDelete: fc.record({ kind: fc.constant('their-delete'), pick }),
  fault: fc.record({
    kind: fc.constant('fault'),
    answer: fc.constantFrom(...apiFaults),
    method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', undefined),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  webhookFault: fc.record({
    kind: fc.constant('webhook-fault'),
    effect: fc.constantFrom(...webhookEffects),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  forge: fc.record({ kind: fc.constant('forge'), pick }),
  sync: fc.record({ kind: fc.constant('sync') }),
  wait: fc.record({
    kind: fc.constant('wait'),
    ms: fc.constantFrom(300, 3_000, 11_000, 70_000),
  }),
  jump: fc.record({ kind: fc.constant('jump'), toMs: fc.constantFrom(-600_000, 0, 600_000) }),
  crash: fc.record({ kind: fc.constant('crash'), point: fc.constantFrom(...sendingSteps) }),
  restart: fc.record({ kind: fc.constant('restart') }),
} as const

export const step = fc.oneof(
  { weight: 4, arbitrary: stepKinds.create },
  { weight: 8, arbitrary: stepKinds.update },
  { weight: 2, arbitrary: stepKinds.delete },
  { weight: 3, arbitrary: stepKinds.replace },
  { weight: 3, arbitrary: stepKinds.undo },
  { weight: 3, arbitrary: stepKinds.theirCreate },
  { weight: 5, arbitrary: stepKinds.theirUpdate },
  { weight: 2, arbitrary: stepKinds.theirDelete },
  { weight: 5, arbitrary: stepKinds.fault },
  { weight: 3, arbitrary: stepKinds.webhookFault },
  { weight: 1, arbitrary: stepKinds.forge },
  { weight: 2, arbitrary: stepKinds.sync },
  { weight: 8, arbitrary: stepKinds.wait },
  { weight: 1, arbitrary: stepKinds.jump },
  { weight: 2, arbitrary: stepKinds.crash },
  { weight: 1, arbitrary: stepKinds.restart },
)

export const history = fc.array(step, { minLength: 4, maxLength: 30, size: 'max' })
export type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never
