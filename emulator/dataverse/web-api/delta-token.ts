import { faults } from '../faults.ts';

/** A state of a table somebody has copied: the version of its last change, and when that was. */
export interface DeltaToken {
  readonly version: number;
  readonly at: Date;
}

/** `919042!08/22/2017 08:10:44`, as the platform writes it. */
export function writeDeltaToken({ version, at }: DeltaToken): string {
  const [year, month, day] = at.toISOString().slice(0, 10).split('-');
  return `${version}!${month}/${day}/${year} ${at.toISOString().slice(11, 19)}`;
}

/** @throws Fault for a text that is no token */
export function readDeltaToken(text: string): DeltaToken {
  const [, version, month, day, year, time] = /^(\d{1,15})!(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text) ?? [];
  const at = new Date(`${year}-${month}-${day}T${time}Z`);
  if (version === undefined || Number.isNaN(at.getTime()))
    throw faults.queryNotSupported(`The $deltatoken '${text}' is not valid.`);
  return { version: Number(version), at };
}
