import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import { Banner } from '../../ui/Banner';

/** Why a backup could not be opened or restored, and what to do. */
export function BackupFailure({ code }: { code: ErrorCode }) {
  const { t } = useTranslation();
  return (
    <Banner tone="danger" role="alert" title={t(`errors.${code}.what`)}>
      {`${t(`errors.${code}.meaning`)} ${t(`errors.${code}.todo`)}`}
    </Banner>
  );
}
