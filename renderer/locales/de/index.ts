import assessment from './assessment.json';
import audit from './audit.json';
import backup from './backup.json';
import clip from './clip.json';
import common from './common.json';
import consent from './consent.json';
import consents from './consents.json';
import contacts from './contacts.json';
import errors from './errors.json';
import incidents from './incidents.json';
import join from './join.json';
import letters from './letters.json';
import lock from './lock.json';
import moderation from './moderation.json';
import nearby from './nearby.json';
import notice from './notice.json';
import notices from './notices.json';
import privacy from './privacy.json';
import quality from './quality.json';
import records from './records.json';
import recordings from './recordings.json';
import registration from './registration.json';
import requests from './requests.json';
import retention from './retention.json';
import rights from './rights.json';
import room from './room.json';
import settings from './settings.json';
import start from './start.json';
import turn from './turn.json';
import vault from './vault.json';
import verification from './verification.json';

export const de = {
  assessment,
  audit,
  backup,
  clip,
  common,
  consent,
  consents,
  contacts,
  errors,
  incidents,
  join,
  letters,
  lock,
  moderation,
  nearby,
  notice,
  notices,
  privacy,
  quality,
  recordings,
  registration,
  records,
  requests,
  retention,
  rights,
  room,
  settings,
  start,
  turn,
  vault,
  verification,
};
