import type { Clock, Outbox } from '../kernel/index.ts';
import type { Database } from '../storage/database.ts';
import { faults } from './faults.ts';
import type { ErrorType, History, SyncError } from './history.ts';

/** Tells people, and may pause or stop the map, when so many errors of a type happen within a time. */
export interface AlertSetting {
  readonly name: string;
  readonly errorType: ErrorType;
  readonly count: number;
  readonly minutes: number;
  readonly emails: readonly string[];
  readonly action: 'None' | 'Pause' | 'Stop';
}

export interface AlertParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly history: History;
  /** Pauses or stops a map that runs; does nothing when it does not. */
  act(map: string, action: 'Pause' | 'Stop', why: string): Promise<void>;
}

const table = '"emulator$dual_write_alerts"';
const from = 'dual-write@localhost';

/**
 * Alert settings of maps. They take effect when the map is started again.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/errors-and-alerts
 */
export function createAlerts({ database, clock, outbox, history, act }: AlertParts) {
  database.exec(
    `create table if not exists ${table} (map text primary key, settings text not null, in_force text not null, raised text not null) without rowid`,
  );
  const read = (map: string) => {
    const row = database.get(`select * from ${table} where map = ?`, [map]);
    const list = (name: string) => JSON.parse(String(row?.[name] ?? '[]')) as AlertSetting[];
    const raised = JSON.parse(String(row?.['raised'] ?? '{}')) as Record<string, string>;
    return { settings: list('settings'), inForce: list('in_force'), raised };
  };
  const write = (map: string, column: 'settings' | 'in_force' | 'raised', value: unknown) => {
    database.run(
      `insert into ${table} (map, settings, in_force, raised) values (?, '[]', '[]', '{}') on conflict do nothing`,
      [map],
    );
    database.run(`update ${table} set "${column}" = ? where map = ?`, [JSON.stringify(value), map]);
  };

  async function raise(map: string, alert: AlertSetting, error: SyncError): Promise<void> {
    const done = alert.action === 'None' ? '' : ` The table map is ${alert.action === 'Pause' ? 'paused' : 'stopped'}.`;
    const subject = `Dual-write alert "${alert.name}": ${map}`;
    const body = `${alert.count} errors of the type ${alert.errorType} in the table map ${map} within ${alert.minutes} minutes.${done} The last one: ${error.message}`;
    if (alert.emails.length > 0)
      await outbox.put({ channel: 'mail', via: 'dual-write', from, to: alert.emails, subject, body: escapeText(body) });
    if (alert.action !== 'None') await act(map, alert.action, `alert "${alert.name}"`);
  }

  return {
    settings: (map: string) => read(map).settings,
    /** @throws Fault 400 saying what a setting lacks */
    save(map: string, given: unknown): readonly AlertSetting[] {
      if (!Array.isArray(given)) throw faults.badParameter('settings is a list of alert settings.');
      const settings = given.map((one, index) => readSetting(one as Record<string, unknown>, index));
      write(map, 'settings', settings);
      return settings;
    },
    /** Called when the map is started: errors count from now on. */
    putInForce(map: string): void {
      const { settings } = read(map);
      write(map, 'in_force', settings);
      const now = clock.now().toISOString();
      write(map, 'raised', Object.fromEntries(settings.map(({ name }) => [name, now])));
    },
    /** Called after each error, in a transaction of its own. */
    async look(error: SyncError): Promise<void> {
      const { inForce, raised } = read(error.map);
      for (const alert of inForce) {
        if (alert.errorType !== error.type) continue;
        const begin = clock.now().getTime() - alert.minutes * 60_000;
        const since = new Date(Math.max(begin, Date.parse(raised[alert.name] ?? '1970-01-01')));
        if (history.errorsSince(error.map, error.type, since) < alert.count) continue;
        write(error.map, 'raised', { ...raised, [alert.name]: clock.now().toISOString() });
        await raise(error.map, alert, error);
      }
    },
  };
}

export type Alerts = ReturnType<typeof createAlerts>;

const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function readSetting(given: Record<string, unknown>, index: number): AlertSetting {
  const { name, errorType = 'Application error', count, minutes, emails = [], action = 'None' } = given ?? {};
  const refuse = (what: string) => faults.badParameter(`The alert setting ${index + 1}: ${what}`);
  if (typeof name !== 'string' || name.trim() === '') throw refuse('it needs a name.');
  if (errorType !== 'Application error' && errorType !== 'System error')
    throw refuse('errorType is Application error or System error.');
  if (!Number.isInteger(count) || Number(count) < 1) throw refuse('count is a whole number above 0.');
  if (!Number.isInteger(minutes) || Number(minutes) < 1) throw refuse('minutes is a whole number above 0.');
  if (action !== 'None' && action !== 'Pause' && action !== 'Stop') throw refuse('action is None, Pause or Stop.');
  const addresses = (Array.isArray(emails) ? emails : String(emails).split(','))
    .map((one) => String(one).trim())
    .filter((one) => one !== '');
  const wrong = addresses.find((one) => !/^[^\s@]+@[^\s@]+$/.test(one));
  if (wrong !== undefined) throw refuse(`'${wrong}' is no e-mail address.`);
  return {
    name: name.trim(),
    errorType,
    count: Number(count),
    minutes: Number(minutes),
    emails: addresses,
    action,
  };
}
