import { useTranslation } from 'react-i18next';
import type { ShortCode } from '../../../common/verification/shortCode';
import { pictureLooks } from './pictureLooks';

const places = [0, 1, 2, 3] as const;

/** The code as both people see it, large, with the names of the pictures. */
export function ShortCodeView({ code }: { code: ShortCode }) {
  const { t } = useTranslation();
  const { digits } = code;
  return (
    <div className="short-code" data-testid="short-code">
      <ol className="short-code-pictures" aria-label={t('verification.pictures')}>
        {places.map((place) => {
          const picture = code.pictures[place];
          const Icon = pictureLooks[picture];
          return (
            <li key={place}>
              <Icon size={44} strokeWidth={1.6} aria-hidden />
              <span>{t(`verification.picture.${picture}`)}</span>
            </li>
          );
        })}
      </ol>
      <p className="short-code-digits">
        <span className="visually-hidden">
          {t('verification.digits')}: {[...digits].join(' ')}
        </span>
        <span aria-hidden>
          {digits.slice(0, 3)} {digits.slice(3)}
        </span>
      </p>
    </div>
  );
}
