import { z } from 'zod';

const dayMs = 24 * 60 * 60 * 1000;

/** A day of the calendar, without a time or a zone: `2026-02-28`. Only days that exist. */
export const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((day) => textOf(utcOf(day)) === day);

/** How many days before its end a request is brought to mind, the earliest first. */
export const reminderDays = [7, 2] as const;

/** `later`: not soon; `week`, `days`: within the reminders; `overdue`: its last day is over. */
export type Urgency = 'later' | 'week' | 'days' | 'overdue';

/** The day on which a moment falls, by this computer's calendar. */
export function localDay(at: number): string {
  const date = new Date(at);
  return [pad(date.getFullYear(), 4), pad(date.getMonth() + 1, 2), pad(date.getDate(), 2)].join('-');
}

/** Noon of a day by this computer's calendar: to be shown, and safe from changes of the clock. */
export function noonOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12).getTime();
}

/**
 * The last day on which a request that came in on `day` may be answered (Art. 12 (3) GDPR): one month later, three with the
 * extension; it ends with that day. Counted as Regulation (EEC, Euratom) No 1182/71, Art. 3 says: the same date of the
 * month, else its last day (2) (c); on a Saturday or Sunday the next working day (4). Public holidays differ between places
 * and are not known here: answering by this day is in time everywhere.
 */
export function answerDue(day: string, months: 1 | 3): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  // The day before the first of the month after: its last.
  const last = new Date(Date.UTC(year, month + months, 0));
  const due = Math.min(date, last.getUTCDate());
  return workingDay(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), due));
}

/** Whole days from one to the other; negative when the other has been. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utcOf(to) - utcOf(from)) / dayMs);
}

export function urgencyOf(due: string, today: string): Urgency {
  const left = daysBetween(today, due);
  if (left < 0) return 'overdue';
  if (left <= reminderDays[1]) return 'days';
  return left <= reminderDays[0] ? 'week' : 'later';
}

function workingDay(at: number): string {
  const weekday = new Date(at).getUTCDay();
  return textOf(at + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0) * dayMs);
}

function utcOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function textOf(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : '';
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
