import type { Migration } from '../migrate';
import { initial } from './0001-initial';

/** Every step in order. */
export const migrations: readonly Migration[] = [initial];
