import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../common/meeting/models';
import type { ConnectionEnd, ConnectionFacts, RemoteMedia } from '../../stores/mediaStore';
import { Avatar } from '../../ui/Avatar';
import { Disclosure } from '../../ui/Disclosure';
import { TrustMark } from '../verification/TrustMark';

/** One person's connection: which way, and how it is encrypted. */
export function PersonConnection({
  person,
  connection,
  facts,
}: {
  person: Participant;
  connection: RemoteMedia['connection'];
  facts: ConnectionFacts | null;
}) {
  const { t } = useTranslation();
  const isConnected = connection === 'connected' && facts !== null;
  return (
    <li className="connection-card">
      <div className="connection-who">
        <Avatar id={person.identityKey} name={person.name} size={32} />
        <div>
          <strong>{person.name}</strong>
          <span>{isConnected ? <Way facts={facts} /> : t(connectionWords[connection])}</span>
          <TrustMark participantId={person.id} withWords />
        </div>
      </div>
      {isConnected && (
        <Disclosure label={t('contacts.details')}>
          <dl className="connection-facts">
            <Fact name={t('contacts.encryption')}>
              {[facts.dtlsVersion, facts.dtlsCipher].filter((part) => part !== null).join(', ') ||
                t('contacts.unknown')}
            </Fact>
            <Fact name={t('contacts.mediaCipher')}>{facts.srtpCipher ?? t('contacts.unknown')}</Fact>
            <Fact name={t('contacts.theirAddress')}>{endText(facts.peer) ?? t('contacts.hidden')}</Fact>
            <Fact name={t('contacts.ownAddress')}>{endText(facts.own) ?? t('contacts.hidden')}</Fact>
          </dl>
        </Disclosure>
      )}
    </li>
  );
}

function Way({ facts }: { facts: ConnectionFacts }) {
  const { t } = useTranslation();
  const protocol = facts.protocol.toUpperCase();
  if (facts.route === 'direct') return <>{t('contacts.direct', { protocol })}</>;
  const server = endText(facts.server);
  return <>{server === null ? t('contacts.theirRelay') : t('contacts.ownRelay', { server, protocol })}</>;
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function endText(end: ConnectionEnd | null): string | null {
  if (end === null) return null;
  return end.address.includes(':') ? `[${end.address}]:${end.port}` : `${end.address}:${end.port}`;
}

const connectionWords = {
  connecting: 'room.connecting',
  connected: 'room.connecting',
  reconnecting: 'room.reconnecting',
  failed: 'room.connectionFailed',
} as const;
