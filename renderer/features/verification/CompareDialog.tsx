import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../common/meeting/models';
import type { PeerTrust } from '../../../common/verification/trust';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Spinner } from '../../ui/Spinner';
import { ShortCodeView } from './ShortCodeView';
import { useTrust } from './useTrust';

export interface CompareDialogProps {
  readonly person: Participant;
  readonly onClose: () => void;
  readonly onLeave: () => void;
}

/** Two people read their code to each other. What they find counts for this key from then on. */
export function CompareDialog({ person, onClose, onLeave }: CompareDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const trust = useTrust(person.id);
  const [view, setView] = useState<'code' | 'differs'>('code');
  const { id: participantId, name } = person;
  const code = trust?.code ?? { phase: 'none' as const };
  const isConnected = trust !== undefined && trust.securedGeneration !== null;
  const needsStart = isConnected && (code.phase === 'none' || trust.isAsking);

  useEffect(() => {
    if (needsStart) void run(bridge['verification.start']({ participantId }));
  }, [bridge, needsStart, participantId, run]);

  async function confirm(digits: string) {
    const result = await run(bridge['verification.confirm']({ participantId, digits }));
    if (!result.ok) return;
    onClose();
    say(t('verification.nowVerifiedTitle', { name }), t('verification.nowVerified', { name }));
  }

  function differ() {
    setView('differs');
    void run(bridge['verification.differ']({ participantId }));
  }

  if (view === 'differs') {
    return (
      <Dialog
        title={t('verification.differTitle')}
        lead={<TriangleAlert size={26} aria-hidden className="compare-alert" />}
        isOpen
        onClose={onClose}
        role="alertdialog"
        isDismissable={false}
        hideClose
        footer={
          <>
            <Button onPress={onClose}>{t('verification.stay')}</Button>
            <Button
              look="danger"
              onPress={() => {
                onClose();
                onLeave();
              }}
            >
              {t('verification.leave')}
            </Button>
          </>
        }
      >
        <p>{t('verification.differText', { name })}</p>
        <p>
          <strong>{t('verification.differAdvice', { name })}</strong>
        </p>
        <p className="compare-mistake">
          {t('verification.differMistake')}{' '}
          <Button look="quiet" onPress={() => setView('code')}>
            {t('verification.backToCode')}
          </Button>
        </p>
      </Dialog>
    );
  }

  return (
    <Dialog
      title={t('verification.title', { name })}
      isOpen
      onClose={onClose}
      isDismissable={false}
      footer={
        code.phase === 'ready' ? (
          <>
            <Button look="answer" size="l" onPress={differ}>
              {t('verification.differ')}
            </Button>
            <Button look="answer" size="l" onPress={() => void confirm(code.code.digits)}>
              {t('verification.match')}
            </Button>
          </>
        ) : undefined
      }
    >
      <p>{t('verification.how')}</p>
      <div aria-live="polite">
        <CodeArea code={code} isConnected={isConnected} person={person} />
      </div>
      {code.phase === 'running' && isConnected && (
        <Button look="quiet" onPress={() => void run(bridge['verification.start']({ participantId }))}>
          {t('verification.askAgain')}
        </Button>
      )}
    </Dialog>
  );
}

interface CodeAreaProps {
  readonly code: PeerTrust['code'];
  readonly isConnected: boolean;
  readonly person: Participant;
}

function CodeArea({ code, isConnected, person: { name } }: CodeAreaProps) {
  const { t } = useTranslation();
  if (!isConnected) return <p className="compare-wait">{t('verification.waitConnected', { name })}</p>;
  switch (code.phase) {
    case 'none':
    case 'running':
      return (
        <p className="compare-wait">
          <Spinner size={18} /> {t('verification.preparing')}
        </p>
      );
    case 'failed':
      return <Banner tone="danger" title={t('verification.failed')} role="alert" />;
    case 'ready':
      return <ShortCodeView code={code.code} />;
  }
}
