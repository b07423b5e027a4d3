import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createTestFolder } from '../../testing/test-folder.ts'
import { readConfig, type Environment } from './config.ts'
import { readSecretFiles, secretVariables } from './secret-files.ts'

const keys = `k1:${randomBytes(32).toString('base64url')}`
const values: Environment = {
  DATABASE_URL: 'postgres://taskr:canary@127.0.0.1/taskr',
  LISTEN_DATABASE_URL: 'postgres://taskr:canary@127.0.0.1:5433/taskr',
  ATTIO_CLIENT_SECRET: randomBytes(32).toString('hex'),
  SMTP_URL: 'smtps://taskr:canary@mail.example.com',
  TASKR_KEYS: keys,
  TASKR_METRICS_TOKEN: randomBytes(24).toString('hex'),
}
const others = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://taskr.example.com',
  ATTIO_CLIENT_ID: 'd5c64b9f-1b5d-4b6c-8a3c-5e0d2f1a7b90',
  MAIL_FROM: 'taskr@example.com',
}

suite('secrets in files', () => {
  test('every secret can stand in a file, and means what it means in its variable', () =>
    inFolder(async (folder) => {
      const files: Record<string, string> = {}
      for (const [name, value] of Object.entries(values)) {
        files[`${name}_FILE`] = join(folder, name)
        await writeFile(join(folder, name), `${value}\n`, { mode: 0o600 })
      }
      const [direct, fromFiles] = [
        readConfig({ ...others, ...values }),
        readConfig({ ...others, ...files }),
      ]
      assert.ok(direct.kind === 'read', JSON.stringify(direct))
      assert.ok(fromFiles.kind === 'read', JSON.stringify(fromFiles))
      const told = ({ config }: typeof direct) => ({
        database: [config.databaseUrl, config.listenDatabaseUrl],
        secrets: [config.attio.clientSecret.reveal(), config.metricsToken?.reveal()],
        smtp: config.smtp?.login?.password.reveal(),
        key: config.keys.current.id,
      })
      assert.deepEqual(told(fromFiles), told(direct))
    }))

  test('a file that is missing, empty or named beside its variable is a problem that repeats no value', () =>
    inFolder(async (folder) => {
      const empty = join(folder, 'empty')
      await writeFile(empty, ' \n')
      for (const name of secretVariables) {
        const { problems } = readSecretFiles({ [`${name}_FILE`]: join(folder, 'canary-none') })
        if (name !== 'TASKR_KEYS') {
          assert.deepEqual(problems, [`${name}_FILE names a file that cannot be read (ENOENT)`])
          assert.deepEqual(readSecretFiles({ [`${name}_FILE`]: empty }).problems, [
            `${name}_FILE names an empty file`,
          ])
        }
        assert.deepEqual(readSecretFiles({ [name]: 'canary', [`${name}_FILE`]: empty }).problems, [
          `${name}_FILE must not be set beside ${name}`,
        ])
      }
      for (const blank of [' ', '\n', '\t']) {
        const file = { SMTP_URL_FILE: blank, SMTP_URL: blank }
        assert.deepEqual(readSecretFiles(file).problems, [], 'both count as missing')
      }
      const reading = readConfig({ ...others, ...values, SMTP_URL: '', SMTP_URL_FILE: folder })
      assert.ok(reading.kind === 'refused')
      assert.deepEqual(reading.problems, [
        'SMTP_URL_FILE names a file that cannot be read (EISDIR)',
      ])
    }))
})

async function inFolder(play: (folder: string) => Promise<void>): Promise<void> {
  const folder = await createTestFolder('taskr-secrets-')
  try {
    await play(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
