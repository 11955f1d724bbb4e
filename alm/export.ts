import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError } from './build-error.ts';
import { runPac } from './pac-tool.ts';

export const exportUsage = `npm run alm -- export NAME [--zip FILE] [--environment URL] [--managed] [--sync]

  NAME           unique name of a solution that is unmanaged there
  --zip          where it goes; NAME.zip or NAME_managed.zip here when left out; one that is there is replaced
  --environment  where it comes from; the one pac is signed in to when left out
  --managed      as a managed package
  --sync         waits in one request instead of asking after a job`;

/** `npm run alm -- export NAME`: exports a solution from an environment, through Microsoft's own tool. */
export async function exportPackage(options: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: options,
    allowPositionals: true,
    options: {
      zip: { type: 'string' },
      environment: { type: 'string' },
      managed: { type: 'boolean', default: false },
      sync: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(exportUsage);
  const [name, second] = positionals;
  if (name === undefined || second !== undefined) throw new BuildError('Name one solution: npm run alm -- export NAME');
  await runPac({
    action: 'exportSolution',
    environment: values.environment,
    words: ['solution', 'export'],
    inputs: {
      name,
      path: resolve(values.zip ?? `${name}${values.managed ? '_managed' : ''}.zip`),
      overwrite: 'true',
      managed: String(values.managed),
      async: String(!values.sync),
      'max-async-wait-time': '60',
    },
  });
}
