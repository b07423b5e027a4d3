import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { asMemberId } from '../../support/ids.ts'
import { aChange } from '../change-rows/change-for-tests.ts'
import { findConflicts } from './find-conflicts.ts'

const [ada, ben] = [asMemberId('ada'), asMemberId('ben')]

suite('RL-12 conflicts with newer values in Attio', () => {
  test('a field at Attio with the value that the person saw, or the one they want, is no conflict', () => {
    const change = aChange({ base: { deadlineAt: 1 }, wanted: { deadlineAt: 2 } })
    assert.equal(findConflicts([change], { deadlineAt: 1 }).size, 0)
    assert.equal(findConflicts([change], { deadlineAt: 2 }).size, 0)
    assert.deepEqual([...findConflicts([change], { deadlineAt: 3 })], [[change, ['deadlineAt']]])
    assert.deepEqual([...findConflicts([change], { deadlineAt: null })], [[change, ['deadlineAt']]])
  })

  test('a change loses only the field that someone else changed in Attio', () => {
    const change = aChange({
      base: { deadlineAt: 1, isCompleted: false },
      wanted: { deadlineAt: 2, isCompleted: true },
    })
    const lost = findConflicts([change], { deadlineAt: 9, isCompleted: false })
    assert.deepEqual(lost.get(change), ['deadlineAt'])
  })

  test('lists are never in conflict, because additions and removals are applied to the list in Attio', () => {
    const change = aChange({ base: { assigneeIds: [ada, ben] }, wanted: { assigneeIds: [] } })
    for (const assigneeIds of [[ben, ada], [ben], []]) {
      assert.equal(findConflicts([change], { assigneeIds }).size, 0)
    }
  })

  test('several changes of one field all lose it, or none when Attio has one of their values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 6 }),
        fc.nat({ max: 8 }),
        (values, seen) => {
          const chain = values.slice(1).map((value, at) =>
            aChange({
              sequence: at + 1,
              base: { deadlineAt: values[at] ?? 0 },
              wanted: { deadlineAt: value },
            }),
          )
          const lost = findConflicts(chain, { deadlineAt: seen })
          assert.equal(lost.size, values.includes(seen) ? 0 : chain.length)
        },
      ),
    )
  })

  test('a deletion or a replacement is never in conflict', () => {
    const changes = [
      aChange({ kind: 'delete' }),
      aChange({ kind: 'replace', wanted: { content: 'x' } }),
    ]
    assert.equal(findConflicts(changes, { deadlineAt: 5 }).size, 0)
  })
})
