import type { Finding } from './finding.ts';
import { asSarif } from './sarif.ts';

export const formats = ['text', 'json', 'sarif'] as const;
export type Format = (typeof formats)[number];

/** What was checked and what was found. */
export interface Report {
  /** Path of the zip or folder. */
  readonly target: string;
  readonly isFolder: boolean;
  readonly findings: readonly Finding[];
  /** What was not done, and why. */
  readonly notes: readonly string[];
  /** Version of the check itself. */
  readonly toolVersion: string;
}

/** The report in one of the formats; ends with a line end. */
export function write(report: Report, format: Format): string {
  if (format === 'text') return asText(report);
  return `${JSON.stringify(format === 'json' ? asJson(report) : asSarif(report), undefined, 2)}\n`;
}

function asJson({ target, findings, notes }: Report) {
  return {
    target,
    ...counts(findings),
    findings: findings.map(({ rule, severity, code, at, message, file, line }) => ({
      rule: rule.id,
      severity,
      code,
      at,
      message,
      file,
      ...(line === undefined ? {} : { line }),
      fails: rule.fails,
      mend: rule.mend,
    })),
    notes,
  };
}

export const counts = (findings: readonly Finding[]) => ({
  errors: findings.filter(({ severity }) => severity === 'error').length,
  warnings: findings.filter(({ severity }) => severity === 'warning').length,
});

function asText({ target, findings, notes }: Report): string {
  const { errors, warnings } = counts(findings);
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.rule.id, [...(groups.get(finding.rule.id) ?? []), finding]);
  const lines = [...groups.values()].flatMap((group) => [...group.map(line), ...explanation(group[0]!), '']);
  const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  const end = `${target}: ${findings.length === 0 ? 'nothing found' : `${many(errors, 'error')}, ${many(warnings, 'warning')}`}`;
  return [...lines, ...notes.map((note) => `note: ${note}`), end, ''].join('\n');
}

function line({ severity, at, message, file, line, rule }: Finding): string {
  const place =
    file === '' || (file === at && line === undefined) ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
  return `${severity} ${rule.id}: ${at}: ${message}${place}`;
}

function explanation({ rule, code }: Finding): string[] {
  return [`    ${rule.fails}${code === '' ? '' : ` [${code}]`}`, `    mend: ${rule.mend}`];
}
