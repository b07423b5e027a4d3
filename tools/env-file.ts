// Reads `.env`, if there is one; a mistake in it is one line.
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Environment } from '../app/config/config.ts'

export type EnvFileReading =
  | { readonly kind: 'read'; readonly environment: Environment }
  | { readonly kind: 'refused'; readonly problem: string }

export function readEnvFile(path: string): EnvFileReading {
  const text = readIfThere(path)
  if (typeof text !== 'string')
    return { kind: 'refused', problem: `.env cannot be read: ${text.message}` }
  const names = parseEnv(text)
  const line = text
    .split('\n')
    .findIndex((one) => !/^\s*(#.*|(export\s+)?[A-Za-z_][\w.-]*\s*=.*)?$/.test(one))
  // A value in quotes may run over several lines; everything else is one NAME=value a line.
  if (line !== -1 && !/["'`]/.test(text)) {
    return { kind: 'refused', problem: `.env, line ${line + 1}: expected NAME=value.` }
  }
  return { kind: 'read', environment: names }
}

function readIfThere(path: string): string | Error {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return 'code' in error && error.code === 'ENOENT' ? '' : error
  }
}
