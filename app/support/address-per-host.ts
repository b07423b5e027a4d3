// Several hosts in one address of PostgreSQL, as libpq writes them: postgres://user:password@one:5432,two:5432/taskr.

/** Returns an address for each host. A text that is no such address is returned as it is. */
export function addressPerHost(url: string): readonly string[] {
  const parts =
    /^(?<before>postgres(?:ql)?:\/\/(?:[^/?#]*@)?)(?<hosts>[^/?#]*)(?<after>.*)$/is.exec(url)
  if (parts?.groups === undefined) return [url]
  const { before = '', hosts = '', after = '' } = parts.groups
  return hosts.split(',').map((host) => before + host + after)
}
