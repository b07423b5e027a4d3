// The name of a path, the same for every ID in it: a collector groups spans by their names.

export function withoutIds(path: string): string {
  return path.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, ':id')
}
