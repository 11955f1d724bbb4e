import { parseArgs } from 'node:util';
import { checkFlow, type FlowReport } from './check-flow.ts';
import { rules, type Finding } from './finding.ts';
import { readFlows } from './read-flows.ts';

/** Checks every flow of the paths given. @returns the exit code: 1 when a finding is an error */
export async function check(options: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: options,
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new Error('Say which file, folder or zip to check.');
  const flows = (await Promise.all(positionals.map(readFlows))).flat();
  if (flows.length === 0) throw new Error(`There is no flow in ${positionals.map((path) => `'${path}'`).join(', ')}.`);
  const reports = flows.map(({ name, json }) => ({ name, ...checkFlow(json) }));
  console.log(values.json ? JSON.stringify(reports.map(asJson), undefined, 2) : reports.map(asText).join('\n\n'));
  return reports.some(({ findings }) => findings.some(({ rule }) => rules[rule] === 'error')) ? 1 : 0;
}

const withSeverity = (finding: Finding) => ({ severity: rules[finding.rule], ...finding });

const asJson = ({ name, findings, requests }: FlowReport & { readonly name: string }) => ({
  flow: name,
  findings: findings.map(withSeverity),
  requests,
});

function asText({ name, findings, requests }: FlowReport & { readonly name: string }): string {
  const lines = findings.map(withSeverity).map(({ severity, rule, where, message }) => {
    const place = where === '' ? '' : `${where}: `;
    return `  ${severity.padEnd(7)} ${place}${message} (${rule})`;
  });
  const cost =
    requests === undefined
      ? []
      : [
          `  requests a run: ${requests.minimum} at least, ${requests.typical} typically, ${requests.calls} of them calls of connectors`,
        ];
  return [name, ...(lines.length === 0 ? ['  nothing found'] : lines), ...cost].join('\n');
}
