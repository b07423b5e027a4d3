import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { dayOf } from './due.ts'
import { rangesOf, type GroupPage } from './due-ranges.ts'

const day = dayOf(Date.parse('2026-11-23T09:41:00Z'), 'Europe/Berlin')
const page = (group: GroupPage['group'], more: Partial<GroupPage> = {}): GroupPage => ({
  group,
  total: 3,
  limit: 30,
  offset: 0,
  ...more,
})
const groupsIn = (pages: readonly GroupPage[]) =>
  rangesOf(pages, day).map((range) => range.pages.map(({ group }) => group).join(' '))

suite('the ranges of due dates that a list reads', () => {
  test('all open tasks are one range without bounds', () => {
    const [range, ...others] = rangesOf(
      [page('overdue'), page('today'), page('upcoming'), page('no-date')],
      day,
    )
    assert.deepEqual(others, [])
    assert.equal(range?.deadline, undefined)
    assert.equal(range?.isCompleted, false)
    assert.equal(range?.limit, 120)
  })

  test('groups that are shown whole are read from the start of the first to the end of the last', () => {
    const [range] = rangesOf([page('today'), page('tomorrow')], day)
    assert.deepEqual(range?.deadline, { from: day.start, before: day.tomorrowEnd })
    const [early] = rangesOf([page('overdue'), page('tomorrow')], day)
    assert.deepEqual(early?.deadline, { before: day.tomorrowEnd })
    const [late] = rangesOf([page('today'), page('upcoming')], day)
    assert.deepEqual(late?.deadline, { from: day.start })
  })

  test('a group with more tasks than are shown, or shown from a later one on, is read by itself', () => {
    const long = page('overdue', { total: 6, limit: 5 })
    assert.deepEqual(groupsIn([long, page('today'), page('tomorrow')]), [
      'overdue',
      'today tomorrow',
    ])
    const middle = page('today', { total: 31 })
    assert.deepEqual(groupsIn([page('overdue'), middle, page('upcoming')]), [
      'overdue',
      'today',
      'upcoming',
    ])
    assert.deepEqual(groupsIn([page('today', { offset: 1 }), page('tomorrow')]), [
      'today',
      'tomorrow',
    ])
  })

  test('tasks without a date are read apart from only some of the dates', () => {
    assert.deepEqual(groupsIn([page('today'), page('no-date')]), ['today', 'no-date'])
    assert.deepEqual(groupsIn([page('overdue'), page('today'), page('no-date')]), [
      'overdue today',
      'no-date',
    ])
  })

  test('completed tasks are read apart from open ones', () => {
    assert.deepEqual(groupsIn([page('no-date'), page('done')]), ['no-date', 'done'])
    assert.deepEqual(groupsIn([page('overdue'), page('upcoming'), page('no-date'), page('done')]), [
      'overdue upcoming no-date',
      'done',
    ])
  })
})
