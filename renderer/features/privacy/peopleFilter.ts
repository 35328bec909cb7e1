import type { HeldPerson, PersonalKind } from '../../../common/privacy/heldData';

export interface PeopleFilter {
  readonly query: string;
  readonly kind: PersonalKind | 'all';
}

const folded = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Who matches, oneself first, then by name. Any part of any name; case and accents do not count. */
export function filterPeople(
  people: readonly HeldPerson[],
  { query, kind }: PeopleFilter,
  locale: string,
): readonly HeldPerson[] {
  const wanted = folded(query.trim());
  return people
    .filter(({ items }) => kind === 'all' || items.some((item) => item.kind === kind))
    .filter(({ name, otherNames }) => [name, ...otherNames].some((one) => folded(one).includes(wanted)))
    .sort((a, b) => Number(b.isSelf) - Number(a.isSelf) || a.name.localeCompare(b.name, locale));
}
