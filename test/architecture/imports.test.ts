import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const rooms = ['emulator', 'packaging', 'alm', 'controls', 'plugins-ts', 'bench'].filter((room) =>
  existsSync(join(root, room)),
);

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

interface Report {
  readonly modules: readonly unknown[];
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly totalCruised: number;
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string; readonly comment: string }[] };
  };
}

function cruise(paths: readonly string[]): Report {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  // Exits with the number of violations; the report is on standard output either way.
  try {
    return JSON.parse(
      execFileSync(process.execPath, [program, ...options, ...paths], { cwd: root, maxBuffer: 1 << 28 }).toString(),
    );
  } catch (error) {
    return JSON.parse((error as { stdout: Buffer }).stdout.toString());
  }
}

function explain({ summary }: Report): string[] {
  const reasons = new Map(summary.ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment]));
  return summary.violations.map(
    ({ from, to, rule }) => `${from} may not import ${to}\n  (${rule.name}) ${reasons.get(rule.name) ?? ''}`,
  );
}

test('every import keeps the rules of docs/architecture.md', () => {
  const report = cruise(rooms);
  expect(report.summary.totalCruised).toBeGreaterThan(50);
  expect(explain(report).join('\n')).toBe('');
});
