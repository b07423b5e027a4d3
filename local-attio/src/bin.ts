#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=20
// The command line: npx local-attio --port 3060 --seed world.json --data file
import { readCommand, usage } from './cli-options.ts'
import { startLocalAttio } from './start.ts'

try {
  const command = readCommand(process.argv.slice(2))
  if (command.kind === 'help') {
    console.log(usage)
  } else {
    const attio = await startLocalAttio(command.options)
    const { url, port } = attio
    const ready = JSON.stringify({ url, port, pid: process.pid })
    console.log(command.isJson ? ready : `Local Attio: ${url}`)
    const end = (): void => void attio.stop()
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  }
} catch (error) {
  console.error(problemOf(error))
  process.exitCode = 1
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isTaken = 'code' in error && error.code === 'EADDRINUSE'
  return isTaken ? 'That port is taken. Choose another with --port.' : error.message
}
