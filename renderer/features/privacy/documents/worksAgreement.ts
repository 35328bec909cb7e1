import type { TFunction } from 'i18next';
import type { DocumentContent } from '../../../../common/privacy/documentContent';
import type { PrivacyFacts } from '../../../../common/privacy/facts';

const clauses = ['Subject', 'Purposes', 'Consent', 'Control', 'Storage', 'Access', 'Rights', 'Council', 'End'] as const;

/**
 * A draft for an agreement with a works council (§ 87 (1) no. 6 BetrVG, Art. 88 GDPR, § 26 (4) BDSG) about recording
 * meetings with this program as it is set. `date`: of today, in words.
 */
export function worksAgreement({ notice, retention }: PrivacyFacts, t: TFunction, date: string): DocumentContent {
  const words = {
    name: notice.controllerName,
    recording: t('notice.afterDays', { count: retention.recording }),
    chat: t('notice.afterDays', { count: retention.chat }),
    proofs: t('retention.years', { count: retention.receipt }),
  };
  return {
    title: t('records.agreement'),
    lead: t('records.agreementLead', { date }),
    blocks: [
      { type: 'text', text: t('records.agreementParties', words) },
      ...clauses.flatMap((clause, index): DocumentContent['blocks'] => [
        { type: 'heading', text: `§ ${index + 1} ${t(`records.agreement${clause}`)}` },
        { type: 'text', text: t(`records.agreement${clause}Text`, words) },
      ]),
      { type: 'text', text: t('records.agreementSigned') },
    ],
  };
}
