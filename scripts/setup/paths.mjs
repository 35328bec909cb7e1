import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Ignored folder for everything that set-up fetches or remembers; safe to delete at any time. */
export const CACHE = join(ROOT, '.cache');

/**
 * @param {...string} parts
 * @returns {string} an absolute path below the checkout's root
 */
export const fromRoot = (...parts) => join(ROOT, ...parts);
