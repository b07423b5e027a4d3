// Races parallel exchanges of one code, of which exactly one may succeed.
import { createTestAttio, grantCode, tokenForm } from '../for-tests.ts'

/** Returns how many parallel exchanges of each code succeeded. */
export async function raceForCodes(rounds: number, parallel: number): Promise<number[]> {
  let attio = createTestAttio()
  const successes: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // The journal and used codes accumulate; an occasional reset keeps this fast.
    if (round % 100 === 0) attio = createTestAttio()
    const form = tokenForm(attio, grantCode(attio))
    const answers = await Promise.all(
      Array.from({ length: parallel }, async () => attio.post('/oauth/token', form)),
    )
    successes.push(answers.filter((answer) => answer.status === 200).length)
  }
  return successes
}
