import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frame, now, wordsOf } from '../../ui/for-tests.ts'
import { problemPage, problemStatuses, type PageProblem } from './problem.ts'

test('every problem has its own status and text, and a link back', async () => {
  const problems: readonly PageProblem[] = [
    { kind: 'bad-request' },
    { kind: 'wrong-host' },
    { kind: 'cross-site' },
    { kind: 'not-found' },
    { kind: 'method-not-allowed' },
    { kind: 'too-large' },
    { kind: 'unsupported-media-type' },
    { kind: 'too-many', retryAt: now + 40_000 },
    { kind: 'too-many-connections', most: 50 },
    { kind: 'internal', requestId: 'request-1' },
    { kind: 'unavailable' },
  ]
  assert.equal(problems.length, Object.keys(problemStatuses).length)
  const said = await Promise.all(
    problems.map((problem) => wordsOf(problemPage({ frame, problem }))),
  )
  assert.equal(new Set(said).size, problems.length)
  for (const [at, words] of said.entries()) {
    const problem = problems[at]
    assert.ok(problem !== undefined && words.startsWith(String(problemStatuses[problem.kind])))
    assert.match(words, /Back to Taskr/)
  }
})

test('too many requests say when to retry, and an internal error shows its number', async () => {
  const tooMany = problemPage({ frame, problem: { kind: 'too-many', retryAt: now + 40_000 } })
  assert.match(await wordsOf(tooMany), /Try again in 40 seconds\./)
  const internal = problemPage({ frame, problem: { kind: 'internal', requestId: 'request-1' } })
  assert.match(await wordsOf(internal), /Reference: request-1/)
})
