import type { Language } from '../../../common/meeting/models';
import type { RegistrationFieldId } from '../../../common/meeting/registration';

type Labels = Readonly<Record<RegistrationFieldId, string>>;

/** What the fields are called in files that main writes. An own question has its own words; these are for want of them. */
export const registrationLabels: Readonly<Record<Language, Labels>> = {
  de: {
    ...{ email: 'E-Mail', organisation: 'Organisation', role: 'Rolle oder Funktion', phone: 'Telefon' },
    ...{ question1: 'Frage 1', question2: 'Frage 2', question3: 'Frage 3' },
  },
  en: {
    ...{ email: 'E-mail', organisation: 'Organisation', role: 'Role or function', phone: 'Telephone' },
    ...{ question1: 'Question 1', question2: 'Question 2', question3: 'Question 3' },
  },
};
