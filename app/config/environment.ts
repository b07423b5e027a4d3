// The environment as Taskr reads it, before any variable has a meaning.

export type Environment = Readonly<Record<string, string | undefined>>

/** Treats an empty variable as missing, and leaves out white space around a value: files and templates add line feeds. */
export function present(environment: Environment): Environment {
  const trimmed = Object.entries(environment).map(([name, value]) => [name, value?.trim()] as const)
  return Object.fromEntries(trimmed.filter(([, value]) => value !== undefined && value !== ''))
}

/** In development two addresses have defaults. In production nothing that matters has one. */
export function developmentDefaults(environment: Environment): Environment {
  const port = present(environment)['PORT'] ?? '3050'
  return { PUBLIC_URL: `http://localhost:${port}`, DATABASE_URL: 'file:./data/taskr.db' }
}
