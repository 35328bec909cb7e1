import { AudioLines, MicOff, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar } from '../../ui/Avatar';
import { avatarColor } from '../../ui/avatarColor';
import { classNames } from '../../ui/classNames';

export interface PersonTileProps {
  readonly id: string;
  /** How the person is called here, `Anna Weber` or `Sie (Anna Weber)`. */
  readonly label: string;
  readonly name: string;
  /** Null: the avatar stands in for it. */
  readonly picture: ReactNode;
  /** A picture that comes and goes over the avatar, for example a video that has to stay in place. */
  readonly behind?: ReactNode;
  readonly microphoneOn: boolean;
  readonly speaking: boolean;
  readonly microphoneOffText: string;
  readonly speakingText: string;
  /** Something in the way of seeing this person, in the middle of the tile. */
  readonly overlay?: ReactNode;
  /** Before the name: how far one can be sure who it is. */
  readonly trust?: ReactNode;
  /** Something about the connection, above the name. */
  readonly note?: ReactNode;
  /** What of this person goes into the recording. */
  readonly mark?: { readonly icon: LucideIcon; readonly text: string; readonly recorded: boolean } | null;
}

/** One person in the room or in a recording. */
export function PersonTile(props: PersonTileProps) {
  const { id, label, name, picture, behind, microphoneOn, speaking, overlay, mark } = props;
  const MarkIcon = mark?.icon;
  return (
    <article
      className={classNames('tile', `person-${avatarColor(id)}`, speaking && 'tile-speaking')}
      aria-label={label}
      data-participant={id}
    >
      {picture ?? (
        <div className="tile-avatar">
          <Avatar id={id} name={name} size="tile" />
        </div>
      )}
      {behind !== undefined && <div className="tile-behind">{behind}</div>}
      {overlay !== undefined && <div className="tile-overlay">{overlay}</div>}
      {mark !== undefined && mark !== null && MarkIcon !== undefined && (
        <p className={mark.recorded ? 'plate tile-mark tile-recorded' : 'plate tile-mark'}>
          <MarkIcon size={14} strokeWidth={2.2} aria-hidden />
          {mark.text}
        </p>
      )}
      {props.note}
      <p className="plate tile-name">
        {!microphoneOn && (
          <>
            <MicOff size={16} strokeWidth={2.2} aria-hidden />
            <span className="visually-hidden">{props.microphoneOffText} </span>
          </>
        )}
        {speaking && (
          <>
            <AudioLines size={16} strokeWidth={2.2} aria-hidden className="tile-voice" />
            <span className="visually-hidden">{props.speakingText} </span>
          </>
        )}
        {props.trust}
        <span className="tile-label">{label}</span>
      </p>
    </article>
  );
}
