// The messages to and from a thread: a job and its result.
import { z } from 'zod'

export const job = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('callbacks'),
    seed: z.number(),
    from: z.number(),
    count: z.number(),
    /** The PostgreSQL of two nodes; without it the job uses one node on SQLite. */
    postgresUrl: z.string().optional(),
  }),
  z.object({
    kind: z.literal('stories'),
    seed: z.number(),
    count: z.number(),
    postgresUrl: z.string(),
  }),
  z.object({
    kind: z.literal('seats'),
    seed: z.number(),
    count: z.number(),
    /** The server for a database of each story, with two nodes; without it a story uses one node on SQLite. */
    postgresUrl: z.string().optional(),
  }),
])
export type Job = z.infer<typeof job>

const number = z.number()

export const done = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('callbacks'),
    outcome: z.object({
      byClass: z.map(
        z.string(),
        z.object({
          attacks: number,
          requests: number,
          tokenRequests: number,
          tokensGranted: number,
          links: number,
          failures: number,
          crashes: number,
          indiscretions: number,
        }),
      ),
      findings: z.array(z.string()),
      stillConnects: z.boolean(),
    }),
  }),
  z.object({
    kind: z.literal('stories'),
    played: z.object({
      stories: number,
      steps: number,
      connected: number,
      refused: number,
      held: number,
      tokenRequests: number,
    }),
    /** The shortest failing story, with its seed. */
    failure: z.string().optional(),
  }),
  z.object({
    kind: z.literal('seats'),
    played: z.object({
      stories: number,
      pairs: number,
      joined: number,
      refused: number,
      handedOver: number,
      looks: number,
    }),
    failure: z.string().optional(),
  }),
])
export type Done = z.infer<typeof done>
