import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countKinds, type ErasurePreview } from '../../../common/privacy/erasure';
import { personalKinds, type HeldItem, type HeldPerson } from '../../../common/privacy/heldData';
import type { ObjectionKind } from '../../../common/privacy/objections';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatList } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Switch } from '../../ui/Switch';

export interface EraseDialogProps {
  /** Null: closed. */
  readonly person: HeldPerson | null;
  readonly onErased: () => void;
  readonly onClose: () => void;
}

/** What may be remembered of somebody who is erased, as an entry that names nobody. */
const remembered = [
  { kind: 'recording', label: 'rights.eraseObjectRecording' },
  { kind: 'contact', label: 'rights.eraseObjectContact' },
] as const;

/** Shows what erasing somebody takes and leaves, does it, and offers the proof (Art. 17 GDPR). */
export function EraseDialog({ person, onErased, onClose }: EraseDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const [keepProofs, setKeepProofs] = useState(true);
  const [objections, setObjections] = useState<readonly ObjectionKind[]>([]);
  const [preview, setPreview] = useState<ErasurePreview | null>(null);
  const [isDone, setIsDone] = useState(false);
  const identityKey = person?.identityKey ?? null;

  useEffect(() => {
    if (identityKey === null || isDone) return undefined;
    let stopped = false;
    void run(bridge['privacy.previewErasure']({ identityKey, keepProofs })).then((result) => {
      if (!stopped && result.ok) setPreview(result.value);
    });
    return () => {
      stopped = true;
      setPreview(null);
    };
  }, [bridge, identityKey, isDone, keepProofs, run]);

  async function erase() {
    if (identityKey === null) return;
    const result = await run(bridge['privacy.erase']({ identityKey, keepProofs, objections: [...objections] }));
    if (result.ok) setIsDone(true);
  }
  async function saveProof() {
    const result = await run(bridge['privacy.saveErasureProof']({ language }));
    if (result.ok && result.value !== null) say(t('privacy.eraseProofSaved', { file: result.value.fileName }));
  }
  const close = () => (isDone ? onErased() : onClose());
  const name = person?.name ?? '';

  return (
    <Dialog
      title={t(isDone ? 'privacy.eraseDone' : 'privacy.eraseTitle', { name })}
      isOpen={person !== null}
      onClose={close}
      role="alertdialog"
      size="s"
      footer={
        isDone ? (
          <>
            <Button onPress={() => void saveProof()}>{t('privacy.eraseSaveProof')}</Button>
            <Button look="primary" onPress={close}>
              {t('common.done')}
            </Button>
          </>
        ) : (
          <>
            <Button autoFocus onPress={close}>
              {t('common.cancel')}
            </Button>
            <Button look="danger" isDisabled={preview === null} onPress={() => void erase()}>
              {t('privacy.eraseConfirm')}
            </Button>
          </>
        )
      }
    >
      {isDone ? (
        <p>{t('privacy.eraseDoneText')}</p>
      ) : (
        <div className="privacy-erase">
          <p>{t('privacy.eraseIntro', { name })}</p>
          {preview !== null && (
            <>
              <Kinds title={t('privacy.eraseGoes')} items={preview.goes} />
              <Kinds title={t('privacy.eraseStays')} items={preview.stays} />
              {preview.objections.length > 0 && (
                <p className="small">
                  {t('rights.eraseStays', {
                    lists: formatList(
                      preview.objections.map((kind) => t(`rights.list.${kind}`)),
                      language,
                    ),
                  })}
                </p>
              )}
              {preview.copies > 0 && (
                <Banner tone="warning" title={t('privacy.eraseCopies', { name, count: preview.copies })} />
              )}
            </>
          )}
          <Switch
            label={t('privacy.eraseProofs')}
            hint={t('privacy.eraseProofsText', { name })}
            states={{ on: t('common.yes'), off: t('common.no') }}
            isSelected={keepProofs}
            onChange={setKeepProofs}
          />
          <div role="group" aria-labelledby="erase-and-remember">
            <h3 id="erase-and-remember">{t('rights.eraseObject')}</h3>
            {remembered.map(({ kind, label }) => (
              <Switch
                key={kind}
                label={t(label)}
                states={{ on: t('common.yes'), off: t('common.no') }}
                isSelected={objections.includes(kind)}
                onChange={(on) =>
                  setObjections(on ? [...objections, kind] : objections.filter((other) => other !== kind))
                }
              />
            ))}
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Kinds({
  title,
  items,
}: {
  title: string;
  items: readonly (HeldItem & { because?: ErasurePreview['stays'][number]['because'] })[];
}) {
  const { t } = useTranslation();
  const counts = countKinds(items);
  const reasons = [...new Set(items.flatMap(({ because }) => (because === undefined ? [] : [because])))];
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p>
        {items.length === 0
          ? t('privacy.eraseNothing')
          : personalKinds
              .flatMap((kind) => (counts[kind] === undefined ? [] : [t(`privacy.${kind}`, { count: counts[kind] })]))
              .join(' · ')}
        {reasons.length > 0 && ` (${reasons.map((one) => t(`privacy.because.${one}`)).join(', ')})`}
      </p>
    </section>
  );
}
