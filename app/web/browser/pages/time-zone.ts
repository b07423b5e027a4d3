// Adds the browser's time zone to sign-up, so that "today" is right from the first page.

export function fillInTimeZone(): void {
  for (const field of document.querySelectorAll('input[data-time-zone]')) {
    if (field instanceof HTMLInputElement) {
      field.value = Intl.DateTimeFormat().resolvedOptions().timeZone
    }
  }
}
