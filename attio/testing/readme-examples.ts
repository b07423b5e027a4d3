// Finds the examples in the README and in the doc comments, so that they can be compiled and run.
import { glob, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

export interface Example {
  /** File name, `.ts` included. */
  readonly name: string
  readonly text: string
}

const home = resolve(import.meta.dirname, '..')

/** Every `ts` block of the README is a module, and its first line is its name. */
export async function readmeExamples(): Promise<Example[]> {
  const readme = await readFile(join(home, 'README.md'), 'utf8')
  return [...readme.matchAll(/^```ts\n\/\/ (\S+\.ts)\n([^]*?)^```$/gm)].map(
    ([, name = '', text = '']) => ({ name, text }),
  )
}

/** How many blocks of code there are, named or not. */
export async function countReadmeBlocks(): Promise<number> {
  const readme = await readFile(join(home, 'README.md'), 'utf8')
  return [...readme.matchAll(/^```ts$/gm)].length
}

/**
 * Every `@example` of a doc comment becomes a module around a function: what the package exports is
 * imported, everything else comes from `context`.
 */
export async function documentedExamples(): Promise<Example[]> {
  const examples: Example[] = []
  for await (const file of glob('src/**/*.ts', { cwd: home })) {
    if (file.endsWith('.test.ts')) continue
    const source = await readFile(join(home, file), 'utf8')
    for (const [, comment = ''] of source.matchAll(/@example\n([^]*?)\*\//g)) {
      const code = comment.replaceAll(/^ *\* ?/gm, '')
      const name = `${file.replaceAll('/', '-').replace('.ts', '')}-${examples.length}.ts`
      examples.push({ name, text: await moduleAround(code) })
    }
  }
  return examples
}

async function moduleAround(code: string): Promise<string> {
  const isUsed = (name: string) => new RegExp(`\\b${name}\\(`).test(code)
  const importsOf = (entry: string, names: readonly string[]) =>
    `import { ${names.filter(isUsed).join(', ')} } from '${entry}'`
  return [
    importsOf('@taskr/attio', Object.keys(await import('@taskr/attio'))),
    importsOf('@taskr/attio/oauth', Object.keys(await import('@taskr/attio/oauth'))),
    `export async function example() {\n${code}\n}\n`,
  ].join('\n')
}

/** What the doc comments' examples take for granted. */
export const context = `
declare const client: import('@taskr/attio').AttioClient
declare const task: import('@taskr/attio').Task
declare const request: Request
declare const accessToken: string
declare const personId: string
declare const ids: readonly string[]
declare const clientId: string
declare const clientSecret: string
declare const redirectUri: string
declare const code: string
declare const codeVerifier: string
declare const expectedState: string
declare const secret: string
declare function connect(code: string): Promise<void>
declare function store(accessToken: string): Promise<void>
declare function tryAgainLater(answer: object): Promise<void>
declare function lookAgain(subject: import('@taskr/attio').WebhookSubject): void
`
