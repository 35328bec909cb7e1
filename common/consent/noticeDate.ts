const germanMonths = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const englishMonths = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `3. Januar 2027`, in UTC. Not Intl: its data differ between versions, and with them the hash of the text. */
export function germanDate(timestamp: number): string {
  const date = new Date(timestamp);
  return `${date.getUTCDate()}. ${germanMonths[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `3 January 2027`, in UTC. */
export function englishDate(timestamp: number): string {
  const date = new Date(timestamp);
  return `${date.getUTCDate()} ${englishMonths[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
