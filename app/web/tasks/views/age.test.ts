import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ageInWords, isAgeMarked } from './age.ts'

suite('the age of an overdue task', () => {
  test('an age is named by its largest fitting unit', () => {
    const ages = [1, 2, 13, 14, 20, 21, 38, 59, 60, 121, 364, 366, 729, 730, 1096]
    assert.deepEqual(
      ages.map((days) => ageInWords(days)),
      [
        'yesterday',
        '2 days',
        '13 days',
        '2 weeks',
        '2 weeks',
        '3 weeks',
        '5 weeks',
        '8 weeks',
        '1 month',
        '3 months',
        '11 months',
        '12 months',
        '23 months',
        '1 year',
        '3 years',
      ],
    )
  })

  test('only yesterday and more than a week ago are marked', () => {
    assert.deepEqual([1, 2, 7, 8, 400].filter(isAgeMarked), [1, 8, 400])
  })
})
