// The address of the page that the document shows. While a task's panel is open, the address bar has the task's address,
// and the document still shows the list beneath.

let beneath: URL | undefined

/** Remembers the list while a panel is open; undefined once it is closed. */
export function setAddressBeneath(address: URL | undefined): void {
  beneath = address
}

export function pageAddress(): URL {
  return beneath ?? new URL(location.href)
}

export function isSamePage(one: URL | Location, other: URL | Location): boolean {
  return one.pathname === other.pathname && one.search === other.search
}
