import type { TFunction } from 'i18next';
import type { RegistrationField, RegistrationForm } from '../../../common/meeting/registration';

/** What a field is called: the host's own words for an own question. */
export function fieldLabel({ id, question }: Pick<RegistrationField, 'id' | 'question'>, t: TFunction): string {
  switch (id) {
    case 'email':
    case 'organisation':
    case 'role':
    case 'phone':
      return t(`registration.field.${id}`);
    default:
      return question ?? t('registration.question');
  }
}

/** Everything that is asked for, and whether it is required. */
export function askedFields({ fields }: Pick<RegistrationForm, 'fields'>, t: TFunction): string {
  return fields
    .map((field) => t(field.required ? 'notice.required' : 'notice.optional', { field: fieldLabel(field, t) }))
    .join(', ');
}
