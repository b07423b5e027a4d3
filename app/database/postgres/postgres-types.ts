// How PostgreSQL's values are parsed: whole numbers become numbers, as on SQLite, and are never silently rounded.

import { types, type CustomTypesConfig } from 'pg'

const { INT8, NUMERIC } = types.builtins

export const postgresTypes: CustomTypesConfig = {
  getTypeParser: (oid, format): unknown =>
    // A sum over bigint has the type "numeric".
    oid === INT8 || oid === NUMERIC ? readWholeNumber : types.getTypeParser(oid, format),
}

export function readWholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('A number in the database is not a whole number that JavaScript can hold.')
  }
  return value
}
