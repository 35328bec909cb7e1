import { useTranslation } from 'react-i18next';
import {
  objectionKinds,
  objectionReasons,
  type ObjectionKind,
  type ObjectionReason,
} from '../../../../common/privacy/objections';
import { Select } from '../../../ui/Select';
import { Switch } from '../../../ui/Switch';

export interface ObjectionWish {
  readonly kinds: readonly ObjectionKind[];
  readonly reason: ObjectionReason;
}

export const noWish: ObjectionWish = { kinds: [], reason: 'wish' };

export interface ObjectionChoicesProps {
  readonly wish: ObjectionWish;
  readonly onChange: (wish: ObjectionWish) => void;
  /** Lists that the person is on already. */
  readonly standing?: readonly ObjectionKind[];
  /** Nothing was chosen, and something has to be. */
  readonly isMissing: boolean;
}

/** What somebody does not want, and why. The reason is chosen, so that no entry names anybody. */
export function ObjectionChoices({ wish, onChange, standing, isMissing }: ObjectionChoicesProps) {
  const { t } = useTranslation();
  const { kinds, reason } = wish;
  return (
    <>
      <div role="group" aria-labelledby="objection-lists" className="field">
        <span id="objection-lists" className="field-label">
          {t('rights.lists')}
        </span>
        <div className="switch-list">
          {objectionKinds.map((kind) => (
            <Switch
              key={kind}
              label={t(`rights.list.${kind}`)}
              hint={t(`rights.means.${kind}`)}
              states={{ on: t('common.yes'), off: t('common.no') }}
              isSelected={(standing?.includes(kind) ?? false) || kinds.includes(kind)}
              isDisabled={standing?.includes(kind) ?? false}
              onChange={(on) =>
                onChange({ reason, kinds: on ? [...kinds, kind] : kinds.filter((one) => one !== kind) })
              }
            />
          ))}
        </div>
        {isMissing && (
          <p className="field-error" role="alert">
            {t('rights.listMissing')}
          </p>
        )}
      </div>
      <Select
        label={t('rights.reason')}
        options={objectionReasons.map((id) => ({ id, label: t(`rights.reasons.${id}`) }))}
        value={reason}
        onChange={(chosen) => onChange({ kinds, reason: chosen })}
      />
    </>
  );
}
