// Changes one of the tasks that a Taskr of the bench shows, in its database, as news from Attio does. The server has no part
// in it, so that only the page that shows the change is measured.
import { DatabaseSync } from 'node:sqlite'
import { Pool } from 'pg'
import { z } from 'zod'

export interface TaskChanger {
  /** Gives the next task another text. */
  readonly change: () => Promise<void>
  readonly end: () => Promise<void>
}

interface Opened {
  readonly list: (sql: string) => Promise<readonly unknown[]>
  /** Runs statements as one transaction. */
  readonly run: (statements: string) => Promise<unknown>
  readonly end: () => Promise<void>
}

const taskSchema = z.object({ task_id: z.string() })

export async function createTaskChanger(url: string): Promise<TaskChanger> {
  const { end, list, run } = url.startsWith('file:')
    ? openFile(url.slice('file:'.length))
    : openPostgres(url)
  const rows = await list(
    'select task_id from tasks where is_completed = 0 order by deadline_at limit 20',
  )
  const tasks = z.array(taskSchema).parse(rows)
  let changes = 0
  return {
    change: async () => {
      changes += 1
      const id = tasks[changes % tasks.length]?.task_id
      await run(`begin;
        update tasks set content = 'Changed, ${changes}' where task_id = '${id}';
        update revisions set revision = revision + 1;
        commit`)
    },
    end,
  }
}

function openFile(path: string): Opened {
  const file = new DatabaseSync(path, { timeout: 5_000 })
  file.exec('pragma synchronous = off')
  return {
    list: async (sql) => file.prepare(sql).all(),
    run: async (statements) => file.exec(statements),
    end: async () => file.close(),
  }
}

function openPostgres(connectionString: string): Opened {
  // Changes that are asked for at the same time wait for each other.
  const pool = new Pool({ connectionString, max: 1 })
  return {
    list: async (sql) => (await pool.query<object>(sql)).rows,
    run: (statements) => pool.query(statements),
    end: () => pool.end(),
  }
}
