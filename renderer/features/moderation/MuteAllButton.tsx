import { MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { mutedByAll } from '../../../common/meeting/moderation';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';

/** There while somebody could be muted by it. */
export function MuteAllButton({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const self = meeting.participants.find(({ id }) => id === meeting.selfId);
  if (self === undefined || mutedByAll(self, meeting.participants).length === 0) return null;

  async function muteAll() {
    const result = await run(bridge['session.muteAll']());
    if (!result.ok) return;
    const whom = meeting.role === 'host' ? t('moderation.mutedAll') : t('moderation.mutedAllButCoHosts');
    say(whom, t('moderation.mutedAllHint'));
  }

  return (
    <Button icon={MicOff} wide onPress={() => void muteAll()}>
      {t('moderation.muteAll')}
    </Button>
  );
}
