// Exits with 0 when the Taskr of this container answers its health check.
const port = process.env['PORT'] || '3050'
const { ok } = await fetch(`http://127.0.0.1:${port}/healthz`)
process.exitCode = ok ? 0 : 1
